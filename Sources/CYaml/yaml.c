#include "CYaml.h"

#include <CLazyLibrary.h>

#define FUNCTIONS(LAZY) \
  LAZY(int, yaml_parser_initialize, (yaml_parser_t *parser), (parser)) \
  LAZY(int, yaml_parser_parse, (yaml_parser_t *parser, yaml_event_t *event), (parser, event))

#define PROCEDURES(LAZY) \
  LAZY(void, yaml_event_delete, (yaml_event_t *event), (event)) \
  LAZY(void, yaml_parser_delete, (yaml_parser_t *parser), (parser)) \
  LAZY(void, yaml_parser_set_encoding, (yaml_parser_t *parser, yaml_encoding_t encoding), (parser, encoding)) \
  LAZY(void, yaml_parser_set_input_string, (yaml_parser_t *parser, const unsigned char *input, size_t size), (parser, input, size))

FUNCTIONS(LAZY_FUNCTION)
PROCEDURES(LAZY_PROCEDURE)

static const lazy_function functions[] = {FUNCTIONS(LAZY_ENTRY) PROCEDURES(LAZY_ENTRY)};
static const char *const names[] = {"libyaml-0.so.2", NULL};
static lazy_library library = {
    .names = names,
    .package = "libyaml-0-2",
    .functions = functions,
    .function_count = sizeof functions / sizeof functions[0],
    .lock = PTHREAD_MUTEX_INITIALIZER,
};

const char *cyaml_load(void) { return lazy_library_load(&library); }
