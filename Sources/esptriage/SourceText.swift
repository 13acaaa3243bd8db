import SerialInput

/// What is said about where a log comes from, in the words that suit it.
struct SourceText {
  /// What kind of source it is.
  enum Kind { case device, socket, rfc2217, standardInput }

  /// The name that people know it by; hostile where it comes from outside.
  let name: String
  let kind: Kind

  /// About a name as it was given, or the node of a port.
  init(_ name: String) {
    switch (name, PortSource.scheme(of: name)) {
    case (PortSource.standardInputName, _):
      kind = .standardInput
      self.name = "standard input"
    case (_, .socket):
      kind = .socket
      self.name = name
    case (_, .rfc2217):
      kind = .rfc2217
      self.name = name
    case (_, nil):
      kind = .device
      self.name = name
    }
  }

  /// It can be read now.
  func isOpen(_ port: AttachedPort, baud: UInt32) -> String {
    switch kind {
    case .device:
      "\(name) is open: \(port.kind.mayBeNode ? port.kind.name : "not known as a node's port"), \(baud) baud"
    case .socket: "\(name) is connected; its baud rate is set at the other end"
    case .rfc2217: "\(name) is connected, \(baud) baud"
    case .standardInput: "standard input is read until its end"
    }
  }

  /// It cannot be read any more.
  var isGone: String {
    switch kind {
    case .device: "\(name) is gone: unplugged, or the chip restarted its USB; waiting for it"
    case .socket, .rfc2217: "\(name): the connection is lost; connecting again"
    case .standardInput: "standard input has ended"
    }
  }

  /// Reading it was stopped by Ctrl-C, also where the program that writes it was stopped the same way.
  var isStopped: String {
    switch kind {
    case .device, .socket, .rfc2217: "\(name) is not followed any more"
    case .standardInput: "standard input is not read any more: stopped by Ctrl-C"
    }
  }

  /// It can be read again, perhaps under another name.
  func isBack(as port: String) -> String {
    switch kind {
    case .device: "\(name) is back" + (port == name ? "" : " as \(port)")
    case .socket, .rfc2217, .standardInput: "\(name) is connected again"
    }
  }

  /// Nothing ever came.
  var nothingCame: String {
    switch kind {
    case .device, .rfc2217:
      "Nothing came from \(name). Is the node powered, and its console on this port? "
        + "--reset restarts it."
    case .socket:
      "Nothing came from \(name). Is the node powered, and its console on this port? Restart it "
        + "with its button."
    case .standardInput:
      "Nothing came from standard input. Pipe a monitor's output into it: 'idf.py monitor | esptriage watch -'."
    }
  }

  /// What came is no log.
  var noLogCame: String {
    switch kind {
    case .device, .rfc2217:
      "Nothing that came from \(name) looks like the log of an ESP32. Restart the node "
        + "(--reset, or its button) so that its boot is seen."
    case .socket, .standardInput:
      "Nothing that came from \(name) looks like the log of an ESP32. Restart the node with its "
        + "button so that its boot is seen."
    }
  }

  /// Why there is no baud rate to look for; nil where there is one.
  func whyNoBaud(_ port: AttachedPort) -> String? {
    switch kind {
    case .rfc2217: return nil
    case .socket, .standardInput:
      return
        "--find-baud: the baud rate of \(name) is set at its other end, and cannot be changed from here"
    case .device: break
    }
    switch port.kind {
    case .espressif(.usbSerialJTAG), .espressif(.romCDC), .espressif(.tinyUSB):
      return
        "--find-baud: the baud rate does not matter on \(name): it is the chip's own USB, which carries bytes as they are"
    case .espressif(.usbBridge), .espressif(.unknown), .bridge, .other: return nil
    }
  }
}
