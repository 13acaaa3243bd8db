import BootTimeline
import DeviceEvents

// What the log tells, in its order.
extension JSONSchema {
  /// `device`, `boot`, `update`.
  static let ofTimeline = """
        "device": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "chip": {"$ref": "#/$defs/chip"},
            "chip_revision": {"type": "string"},
            "mac": {"type": "string"}
          }
        },
        "boot": {
          "type": "object",
          "additionalProperties": false,
          "required": ["index", "line", "lines", "began_in_log", "reached_app", "ended_by"],
          "properties": {
            "index": {"$ref": "#/$defs/count"},
            "line": {"$ref": "#/$defs/line"},
            "lines": {"$ref": "#/$defs/count"},
            "chip": {"$ref": "#/$defs/chip"},
            "rom_banner": {"type": "string"},
            "rom_reset": {
              "type": "object",
              "additionalProperties": false,
              "required": ["code"],
              "properties": {"code": {"$ref": "#/$defs/count"}, "name": {"type": "string"}}
            },
            "boot_mode": {
              "type": "object",
              "additionalProperties": false,
              "properties": {"code": {"$ref": "#/$defs/count"}, "name": {"type": "string"}}
            },
            "reset_reason": {"enum": \(names(ResetReason.self))},
            "reset_reason_source": {"enum": ["app", "text", "rom"]},
            "running_partition": {"type": "string"},
            "running_partition_source": {"enum": ["app", "offset", "segment", "update", "image"]},
            "loaded_offset": {"$ref": "#/$defs/flash_offset"},
            "began_in_log": {"type": "boolean", "description": "False when the log starts in the middle of this boot."},
            "bootloader": {
              "type": "object",
              "additionalProperties": false,
              "properties": {"idf": {"type": "string"}, "compiled": {"type": "string"}}
            },
            "app": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "project": {"type": "string"},
                "version": {"type": "string"},
                "idf": {"type": "string"},
                "compiled": {"type": "string"},
                "elf_sha256": {"type": "string"}
              }
            },
            "partitions": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["label", "type", "subtype", "offset", "size"],
                "properties": {
                  "label": {"type": "string"},
                  "type": {"type": "string"},
                  "subtype": {"type": "string"},
                  "offset": {"$ref": "#/$defs/flash_offset"},
                  "size": {"$ref": "#/$defs/flash_offset"}
                }
              }
            },
            "reached_app": {"type": "boolean"},
            "ended_by": {"enum": \(names(BootEnding.self))},
            "repeats": {"$ref": "#/$defs/count", "description": "How many boots like this one follow it and are not listed."}
          }
        },
        "update": {
          "type": "object",
          "additionalProperties": false,
          "required": ["line", "boot", "outcome"],
          "properties": {
            "line": {"$ref": "#/$defs/line"},
            "boot": {"$ref": "#/$defs/count"},
            "from": {"type": "string"},
            "target": {"type": "string"},
            "bytes": {"$ref": "#/$defs/count", "description": "Received, or announced where the log shows no more."},
            "expected_bytes": {"$ref": "#/$defs/count"},
            "new_version": {"type": "string"},
            "outcome": {"enum": \(names(UpdateOutcome.self))}
          }
        }
    """
}
