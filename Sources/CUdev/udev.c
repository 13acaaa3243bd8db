#include "CUdev.h"

#include <CLazyLibrary.h>

#define FUNCTIONS(LAZY) \
  LAZY(struct udev_list_entry *, udev_device_get_devlinks_list_entry, (struct udev_device *device), (device)) \
  LAZY(const char *, udev_device_get_devnode, (struct udev_device *device), (device)) \
  LAZY(const char *, udev_device_get_driver, (struct udev_device *device), (device)) \
  LAZY(struct udev_device *, udev_device_get_parent, (struct udev_device *device), (device)) \
  LAZY(struct udev_device *, udev_device_get_parent_with_subsystem_devtype, (struct udev_device *device, const char *subsystem, const char *type), (device, subsystem, type)) \
  LAZY(const char *, udev_device_get_sysattr_value, (struct udev_device *device, const char *attribute), (device, attribute)) \
  LAZY(const char *, udev_device_get_sysname, (struct udev_device *device), (device)) \
  LAZY(struct udev_device *, udev_device_new_from_syspath, (struct udev *udev, const char *path), (udev, path)) \
  LAZY(struct udev_device *, udev_device_unref, (struct udev_device *device), (device)) \
  LAZY(int, udev_enumerate_add_match_subsystem, (struct udev_enumerate *enumerate, const char *subsystem), (enumerate, subsystem)) \
  LAZY(struct udev_list_entry *, udev_enumerate_get_list_entry, (struct udev_enumerate *enumerate), (enumerate)) \
  LAZY(struct udev_enumerate *, udev_enumerate_new, (struct udev *udev), (udev)) \
  LAZY(int, udev_enumerate_scan_devices, (struct udev_enumerate *enumerate), (enumerate)) \
  LAZY(struct udev_enumerate *, udev_enumerate_unref, (struct udev_enumerate *enumerate), (enumerate)) \
  LAZY(const char *, udev_list_entry_get_name, (struct udev_list_entry *entry), (entry)) \
  LAZY(struct udev_list_entry *, udev_list_entry_get_next, (struct udev_list_entry *entry), (entry)) \
  LAZY(int, udev_monitor_enable_receiving, (struct udev_monitor *monitor), (monitor)) \
  LAZY(int, udev_monitor_filter_add_match_subsystem_devtype, (struct udev_monitor *monitor, const char *subsystem, const char *type), (monitor, subsystem, type)) \
  LAZY(int, udev_monitor_get_fd, (struct udev_monitor *monitor), (monitor)) \
  LAZY(struct udev_monitor *, udev_monitor_new_from_netlink, (struct udev *udev, const char *name), (udev, name)) \
  LAZY(struct udev_device *, udev_monitor_receive_device, (struct udev_monitor *monitor), (monitor)) \
  LAZY(struct udev_monitor *, udev_monitor_unref, (struct udev_monitor *monitor), (monitor)) \
  LAZY(struct udev *, udev_new, (void), ()) \
  LAZY(struct udev *, udev_unref, (struct udev *udev), (udev))

FUNCTIONS(LAZY_FUNCTION)

static const lazy_function functions[] = {FUNCTIONS(LAZY_ENTRY)};
static const char *const names[] = {"libudev.so.1", NULL};
static lazy_library library = {
    .names = names,
    .package = "libudev1",
    .functions = functions,
    .function_count = sizeof functions / sizeof functions[0],
    .lock = PTHREAD_MUTEX_INITIALIZER,
};

const char *cudev_load(void) { return lazy_library_load(&library); }
