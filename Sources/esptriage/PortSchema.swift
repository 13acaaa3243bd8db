/// The JSON Schema (draft 2020-12) of `PortJSON`, as `esptriage schema ports` prints it.
enum PortSchema {
  static let text = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:esptriage:port:1",
      "title": "A serial port by esptriage",
      "description": "One object a port, those that may be nodes first. Values that are not known are left out.",
      "type": "object",
      "additionalProperties": false,
      "required": ["schema", "port", "kind", "node"],
      "properties": {
        "schema": {"const": "\(PortJSON.schema)"},
        "port": {"type": "string", "description": "The device node, such as /dev/ttyACM0; another one after each re-enumeration."},
        "kind": {"enum": [\(kinds)], "description": "What the computer's end of it is, by the ids of USB."},
        "node": {"type": "boolean", "description": "Whether an ESP32 may be behind it."},
        "links": {"type": "array", "minItems": 1, "items": {"type": "string"}, "description": "Links that stay the same, such as those in /dev/serial/by-id."},
        "driver": {"type": "string", "description": "The driver in the kernel, such as cdc_acm."},
        "usb": {"$ref": "#/$defs/usb"},
        "access": {"$ref": "#/$defs/access"}
      },
      "$defs": {
        "usb": {
          "type": "object",
          "additionalProperties": false,
          "required": ["ids", "path", "interface"],
          "properties": {
            "ids": {"type": "string", "pattern": "^[0-9a-f]{4}:[0-9a-f]{4}$", "description": "Vendor and product."},
            "manufacturer": {"type": "string"},
            "product": {"type": "string"},
            "serial": {"type": "string", "description": "On the USB Serial/JTAG of a chip its MAC."},
            "path": {"type": "string", "description": "Where it is plugged in: bus, port, port of the hub, such as 1-2.3."},
            "interface": {"type": "integer", "minimum": 0, "maximum": 255}
          }
        },
        "access": {
          "type": "object",
          "additionalProperties": false,
          "required": ["owner", "group", "mode", "openable"],
          "properties": {
            "owner": {"type": "string"},
            "group": {"type": "string"},
            "mode": {"type": "string", "pattern": "^[0-7]{1,4}$", "description": "The permission bits, octal."},
            "openable": {"type": "boolean", "description": "Whether this user may open it."}
          }
        }
      }
    }
    """

  private static var kinds: String {
    PortJSON.kinds.map { "\"\($0)\"" }.joined(separator: ", ")
  }
}
