/* An app descriptor as ESP-IDF lays it out, and a name in the ROM whose address the linker is told. */
struct descriptor {
  unsigned magic, secure_version, reserved[2];
  char version[32], project[32], time[16], date[16], idf[32];
  unsigned char elf_digest[32];
  unsigned rest[20];
};

__attribute__((section(".flash.appdesc"), used)) const struct descriptor esp_app_desc = {
    0xABCD5432, 3, {0, 0}, "1.4.2", "sensor-node", "15:04:05", "Nov  1 2026", "v5.4.2", {0}, {0}};

extern int rom_printf(const char *format, ...);
extern char end_of_rom_printf;

void app_main(void) { rom_printf("%p", &end_of_rom_printf); }
