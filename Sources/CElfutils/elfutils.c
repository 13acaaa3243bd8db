#include "CElfutils.h"

#include <CLazyLibrary.h>

#define FUNCTIONS(LAZY) \
  LAZY(Dwarf_Attribute *, dwarf_attr, (Dwarf_Die *die, unsigned int search_name, Dwarf_Attribute *result), (die, search_name, result)) \
  LAZY(Dwarf_Attribute *, dwarf_attr_integrate, (Dwarf_Die *die, unsigned int search_name, Dwarf_Attribute *result), (die, search_name, result)) \
  LAZY(Dwarf *, dwarf_begin_elf, (Elf *elf, Dwarf_Cmd command, Elf_Scn *group), (elf, command, group)) \
  LAZY(int, dwarf_cfi_addrframe, (Dwarf_CFI *cache, Dwarf_Addr address, Dwarf_Frame **frame), (cache, address, frame)) \
  LAZY(int, dwarf_cfi_end, (Dwarf_CFI *cache), (cache)) \
  LAZY(int, dwarf_child, (Dwarf_Die *die, Dwarf_Die *result), (die, result)) \
  LAZY(int, dwarf_end, (Dwarf *dwarf), (dwarf)) \
  LAZY(const char *, dwarf_filesrc, (Dwarf_Files *file, size_t index, Dwarf_Word *time, Dwarf_Word *length), (file, index, time, length)) \
  LAZY(const char *, dwarf_formstring, (Dwarf_Attribute *attribute), (attribute)) \
  LAZY(int, dwarf_formudata, (Dwarf_Attribute *attribute, Dwarf_Word *value), (attribute, value)) \
  LAZY(int, dwarf_frame_cfa, (Dwarf_Frame *frame, Dwarf_Op **operations, size_t *count), (frame, operations, count)) \
  LAZY(int, dwarf_frame_info, (Dwarf_Frame *frame, Dwarf_Addr *start, Dwarf_Addr *end, bool *is_signal), (frame, start, end, is_signal)) \
  LAZY(int, dwarf_frame_register, (Dwarf_Frame *frame, int number, Dwarf_Op room[3], Dwarf_Op **operations, size_t *count), (frame, number, room, operations, count)) \
  LAZY(int, dwarf_get_units, (Dwarf *dwarf, Dwarf_CU *unit, Dwarf_CU **next, Dwarf_Half *version, uint8_t *type, Dwarf_Die *die, Dwarf_Die *sub), (dwarf, unit, next, version, type, die, sub)) \
  LAZY(Dwarf_CFI *, dwarf_getcfi, (Dwarf *dwarf), (dwarf)) \
  LAZY(Dwarf_CFI *, dwarf_getcfi_elf, (Elf *elf), (elf)) \
  LAZY(int, dwarf_getsrcfiles, (Dwarf_Die *die, Dwarf_Files **files, size_t *count), (die, files, count)) \
  LAZY(int, dwarf_getsrclines, (Dwarf_Die *die, Dwarf_Lines **lines, size_t *count), (die, lines, count)) \
  LAZY(int, dwarf_lineaddr, (Dwarf_Line *line, Dwarf_Addr *address), (line, address)) \
  LAZY(int, dwarf_lineendsequence, (Dwarf_Line *line, bool *is_end), (line, is_end)) \
  LAZY(int, dwarf_lineno, (Dwarf_Line *line, int *number), (line, number)) \
  LAZY(const char *, dwarf_linesrc, (Dwarf_Line *line, Dwarf_Word *time, Dwarf_Word *length), (line, time, length)) \
  LAZY(Dwarf_Line *, dwarf_onesrcline, (Dwarf_Lines *lines, size_t index), (lines, index)) \
  LAZY(ptrdiff_t, dwarf_ranges, (Dwarf_Die *die, ptrdiff_t offset, Dwarf_Addr *base, Dwarf_Addr *start, Dwarf_Addr *end), (die, offset, base, start, end)) \
  LAZY(int, dwarf_siblingof, (Dwarf_Die *die, Dwarf_Die *result), (die, result)) \
  LAZY(int, dwarf_tag, (Dwarf_Die *die), (die)) \
  LAZY(int, elf_end, (Elf *elf), (elf)) \
  LAZY(Elf *, elf_memory, (char *image, size_t size), (image, size)) \
  LAZY(unsigned int, elf_version, (unsigned int version), (version))

FUNCTIONS(LAZY_FUNCTION)

static const lazy_function functions[] = {FUNCTIONS(LAZY_ENTRY)};
static const char *const names[] = {"libdw.so.1", NULL};
static lazy_library library = {
    .names = names,
    .package = "libdw1",
    .functions = functions,
    .function_count = sizeof functions / sizeof functions[0],
    .lock = PTHREAD_MUTEX_INITIALIZER,
};

const char *celfutils_load(void) { return lazy_library_load(&library); }
