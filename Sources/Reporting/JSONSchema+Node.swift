import DeviceEvents

// What was seen over HTTP.
extension JSONSchema {
  /// `upload`, `read`.
  static let ofNode = """
        "upload": {
          "type": "object",
          "additionalProperties": false,
          "required": ["milliseconds", "took_milliseconds", "result", "bytes", "sent", "acknowledged"],
          "properties": {
            "milliseconds": {"$ref": "#/$defs/count", "description": "When it began, since the first look."},
            "took_milliseconds": {"$ref": "#/$defs/count"},
            "result": {"enum": \(names(NodeUpload.Result.self))},
            "refusal": {"enum": \(names(NodeUpload.Refusal.self))},
            "bytes": {"$ref": "#/$defs/count"},
            "sent": {"$ref": "#/$defs/count"},
            "acknowledged": {"$ref": "#/$defs/count", "description": "Bytes of the image that the node's TCP acknowledged."},
            "http_status": {"$ref": "#/$defs/count"},
            "body": {"type": "string"},
            "failure": {"type": "string"},
            "phase": {"$ref": "#/$defs/phase"},
            "socket_error": {"$ref": "#/$defs/count", "description": "The errno of the socket."},
            "key_sent": {"type": "boolean", "description": "Whether a key went along."}
          }
        },
        "read": {
          "type": "object",
          "additionalProperties": false,
          "required": ["milliseconds", "took_milliseconds", "result"],
          "properties": {
            "milliseconds": {"$ref": "#/$defs/count", "description": "When it began, since the first look."},
            "took_milliseconds": {"$ref": "#/$defs/count"},
            "result": {"enum": \(names(NodeRead.Result.self))},
            "http_status": {"$ref": "#/$defs/count"},
            "running_partition": {"type": "string"},
            "next_partition": {"type": "string"},
            "version": {"type": "string"},
            "build_time": {"type": "string"},
            "max_size": {"type": "integer"},
            "body": {"type": "string"},
            "phase": {"$ref": "#/$defs/phase"},
            "socket_error": {"$ref": "#/$defs/count", "description": "The errno of the socket."}
          }
        }
    """
}
