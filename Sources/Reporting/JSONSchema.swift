import BootTimeline
import DeviceEvents
import Diagnosis

/// The JSON Schema (draft 2020-12) of `JSONReport`, as `esptriage schema` prints it.
public enum JSONSchema {
  /// The schema of one diagnosis.
  public static let text = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:esptriage:diagnosis:1",
      "title": "A diagnosis by esptriage",
      "description": "One object a log. Values that are not known are left out.",
      "type": "object",
      "additionalProperties": false,
      "required": ["schema", "source", "bytes", "lines", "verdict", "causes", "findings", "settled_by", "boots", "updates", "crashes"],
      "properties": {
        "schema": {"const": "\(JSONReport.schema)"},
        "source": {"type": "string", "description": "The input as it was named; - is standard input."},
        "bytes": {"$ref": "#/$defs/count", "description": "Bytes of the log, after unpacking."},
        "lines": {"$ref": "#/$defs/count"},
        "input_problems": {"$ref": "#/$defs/texts", "description": "What was wrong with the input itself, such as an archive cut short."},
        "elf_problems": {"$ref": "#/$defs/texts", "description": "Why crashes have no names although ELFs were at hand, such as an ELF of another build."},
        "verdict": {"$ref": "#/$defs/verdict"},
        "causes": {"type": "array", "items": {"$ref": "#/$defs/cause"}, "description": "The most probable first; the probabilities add up to 1."},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
        "settled_by": {"$ref": "#/$defs/texts", "description": "What to capture or run to settle what is open."},
        "device": {"$ref": "#/$defs/device"},
        "boots": {"type": "array", "items": {"$ref": "#/$defs/boot"}},
        "updates": {"type": "array", "items": {"$ref": "#/$defs/update"}},
        "crashes": {"type": "array", "items": {"$ref": "#/$defs/crash"}},
        "elided": {"$ref": "#/$defs/elided"},
        "node": {
          "type": "object",
          "additionalProperties": false,
          "required": ["host", "course", "changes", "log"],
          "description": "What was seen of the node over HTTP, taken together; only where somebody looked.",
          "properties": {
            "host": {"type": "string"},
            "course": {"enum": \(names(NodeHistory.Course.self)), "description": "What the reads after the upload show; all reads of a node that was only watched."},
            "changes": {"$ref": "#/$defs/count", "description": "How often the running slot changed between those reads."},
            "log": {"type": "boolean", "description": "Whether a log of the same node was read as well."}
          }
        },
        "image": {
          "type": "object",
          "additionalProperties": false,
          "required": ["bytes"],
          "description": "The image that was to be sent.",
          "properties": {
            "bytes": {"$ref": "#/$defs/count"},
            "build_time": {"type": "string"},
            "version": {"type": "string"},
            "chip": {"type": "string"},
            "project": {"type": "string"}
          }
        },
        "upload": {"$ref": "#/$defs/upload"},
        "reads": {"type": "array", "items": {"$ref": "#/$defs/read"}, "description": "Every GET /ota/status, in order."}
      },
      "$defs": {
        "count": {"type": "integer", "minimum": 0},
        "line": {"type": "integer", "minimum": 1, "description": "A line of the log, counted from 1."},
        "share": {"type": "number", "minimum": 0, "maximum": 1},
        "texts": {"type": "array", "items": {"type": "string"}},
        "address": {"type": "string", "pattern": "^0x[0-9a-f]{8}$"},
        "flash_offset": {"type": "string", "pattern": "^0x[0-9a-f]+$"},
        "severity": {"enum": \(names(Severity.self))},
        "chip": {"enum": \(names(Chip.self))},
        "phase": {"enum": ["resolving", "connecting", "sending", "awaiting", "receiving"], "description": "How far the exchange came."},
    \(ofNode),
    \(ofConclusion),
    \(ofTimeline),
    \(ofCrash),
        "elided": {
          "type": "object",
          "additionalProperties": false,
          "description": "What was counted in a very long history and is not listed.",
          "properties": {
            "boots": {"$ref": "#/$defs/count"},
            "crashes": {"$ref": "#/$defs/count"},
            "notices": {"$ref": "#/$defs/count"}
          }
        }
      }
    }
    """

  /// The raw values of an enum, as a list of JSON.
  static func names<Names: CaseIterable & RawRepresentable<String>>(
    _: Names.Type
  ) -> String {
    "[" + Names.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ") + "]"
  }
}
