import CUdev
import Glibc

/// A connection to libudev.
struct Udev: ~Copyable {
  let context: OpaquePointer

  init?() {
    guard cudev_load() == nil, let context = udev_new() else { return nil }
    self.context = context
  }

  /// Why the library cannot be used, and how to get it; nil where it can.
  static func problem() -> String? { cudev_load().map { String(cString: $0) } }

  deinit {
    udev_unref(context)
  }

  /// Calls with each serial port of the machine, virtual consoles left out.
  func forEachTTY(_ body: (borrowing UdevDevice) -> Void) -> Int32 {
    guard let enumeration = udev_enumerate_new(context) else { return ENOMEM }
    defer { udev_enumerate_unref(enumeration) }
    let matched = udev_enumerate_add_match_subsystem(enumeration, "tty")
    guard matched >= 0 else { return -matched }
    let scanned = udev_enumerate_scan_devices(enumeration)
    guard scanned >= 0 else { return -scanned }
    var entry = udev_enumerate_get_list_entry(enumeration)
    while let current = entry {
      entry = udev_list_entry_get_next(current)
      guard let path = text(udev_list_entry_get_name(current)) else { continue }
      // Bluetooth ports are the only virtual ones with something at the other end.
      if path.contains("/devices/virtual/"), !path.contains("rfcomm") { continue }
      // Gone again between the listing and now: not there.
      guard let device = udev_device_new_from_syspath(context, path) else { continue }
      body(UdevDevice(owned: device))
    }
    return 0
  }
}

/// A device as libudev sees it.
///
/// Properties come from the database of udevd, and are missing where none runs; attributes come from the kernel
/// and are there always. This asks only for the latter.
struct UdevDevice: ~Copyable {
  private let device: OpaquePointer

  init(owned device: OpaquePointer) {
    self.device = device
  }

  deinit {
    udev_device_unref(device)
  }

  var node: String? { text(udev_device_get_devnode(device)) }

  var links: [String] {
    var links: [String] = []
    var entry = udev_device_get_devlinks_list_entry(device)
    while let current = entry {
      if let link = text(udev_list_entry_get_name(current)) { links.append(link) }
      entry = udev_list_entry_get_next(current)
    }
    return links
  }

  /// The driver: of the USB interface, or of whatever else the port hangs on.
  var driver: String? {
    if let interface { return text(udev_device_get_driver(interface)) }
    guard let parent = udev_device_get_parent(device) else { return nil }
    return text(udev_device_get_driver(parent))
  }

  /// Whether the kernel only reserved the name: the four ttyS that every PC has, wired or not.
  var isUnwired: Bool {
    attribute("type", of: device) == "0" && usbDevice == nil
  }

  var usb: USBDevice? {
    guard let usbDevice,
      let vendor = attribute("idVendor", of: usbDevice).flatMap({ UInt16($0, radix: 16) }),
      let product = attribute("idProduct", of: usbDevice).flatMap({ UInt16($0, radix: 16) }),
      let path = text(udev_device_get_sysname(usbDevice))
    else { return nil }
    return USBDevice(
      vendor: vendor, product: product,
      manufacturer: attribute("manufacturer", of: usbDevice),
      productName: attribute("product", of: usbDevice),
      serial: attribute("serial", of: usbDevice), path: path,
      interface: interface.flatMap { attribute("bInterfaceNumber", of: $0) }
        .flatMap { UInt8($0, radix: 16) } ?? 0)
  }

  // Parents belong to their child and live as long as it does.
  private var usbDevice: OpaquePointer? {
    udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device")
  }

  private var interface: OpaquePointer? {
    udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_interface")
  }

  private func attribute(_ name: String, of device: OpaquePointer) -> String? {
    guard let value = text(udev_device_get_sysattr_value(device, name)) else { return nil }
    let visible = value.drop { $0.isWhitespace }
    return visible.isEmpty ? nil : String(visible)
  }
}

private func text(_ pointer: UnsafePointer<CChar>?) -> String? {
  pointer.map { String(cString: $0) }
}
