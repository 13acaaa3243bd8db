import NodeHTTP

/// The JSON Schema (draft 2020-12) of `deploy --format json`.
enum DeploySchema {
  static let text = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:esptriage:deployment:1",
      "title": "A deployment by esptriage",
      "description": "One object a run. Values that are not known are left out.",
      "type": "object",
      "additionalProperties": false,
      "required": ["schema", "image", "condition", "interrupted", "confirmed", "stage", "stages", "state", "nodes"],
      "properties": {
        "schema": {"const": "\(DeployJSON.schema)"},
        "image": {"$ref": "#/$defs/image"},
        "condition": {"enum": \(names(DeployRecord.Condition.self)), "description": "paused goes on with the same command, stopped wants --continue."},
        "reason": {"type": "string", "description": "Why it stopped itself."},
        "interrupted": {"type": "boolean", "description": "Whether somebody asked to stop (Ctrl-C)."},
        "confirmed": {"type": "boolean", "description": "Whether every node runs the image."},
        "stage": {"type": "integer", "minimum": 1, "description": "The stage that ran last, counted from 1."},
        "stages": {"type": "integer", "minimum": 1},
        "state": {"type": "string", "description": "The file that an unfinished rollout goes on from."},
        "nodes": {"type": "array", "items": {"$ref": "#/$defs/node"}, "description": "In the order in which they are updated."}
      },
      "$defs": {
        "count": {"type": "integer", "minimum": 0},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "image": {
          "type": "object",
          "additionalProperties": false,
          "required": ["path", "sha256", "bytes"],
          "properties": {
            "path": {"type": "string"},
            "sha256": {"$ref": "#/$defs/sha256", "description": "Of the whole file."},
            "bytes": {"$ref": "#/$defs/count"},
            "chip": {"type": "string"},
            "project": {"type": "string"},
            "version": {"type": "string"},
            "date": {"type": "string"},
            "time": {"type": "string"},
            "idf": {"type": "string"},
            "elf_sha256": {"$ref": "#/$defs/sha256"}
          }
        },
        "node": {
          "type": "object",
          "additionalProperties": false,
          "required": ["host", "port", "step"],
          "properties": {
            "host": {"type": "string"},
            "port": {"type": "integer", "minimum": 1, "maximum": 65535},
            "step": {"enum": \(names(NodeStep.self)), "description": "confirmed and up_to_date: it runs the image. unreachable and refused: it is as it was. failed: it had the image, or part of it, and does not run it."},
            "before": {"$ref": "#/$defs/status"},
            "after": {"$ref": "#/$defs/status"},
            "verdict": {"type": "string"},
            "why": {"type": "string"},
            "next": {"type": "string", "description": "What to do or plug in next."},
            "upload": {"$ref": "#/$defs/upload"},
            "reads": {"type": "array", "items": {"$ref": "#/$defs/read"}, "description": "What the node answered after the upload, in this run."}
          }
        },
        "status": {
          "type": "object",
          "additionalProperties": false,
          "required": ["running_partition"],
          "properties": {
            "version": {"type": "string"},
            "date": {"type": "string"},
            "time": {"type": "string"},
            "running_partition": {"type": "string"},
            "next_partition": {"type": "string"},
            "max_size": {"type": "integer"}
          }
        },
        "upload": {
          "type": "object",
          "additionalProperties": false,
          "required": ["delivery", "took_ms", "bytes", "sent", "acknowledged"],
          "properties": {
            "delivery": {"enum": ["delivered", "refused", "interrupted", "not_started", "uncertain"]},
            "took_ms": {"$ref": "#/$defs/count"},
            "bytes": {"$ref": "#/$defs/count"},
            "sent": {"$ref": "#/$defs/count"},
            "acknowledged": {"$ref": "#/$defs/count"},
            "status": {"type": "integer"},
            "body": {"type": "string"},
            "errno": {"type": "integer"}
          }
        },
        "read": {
          "type": "object",
          "additionalProperties": false,
          "required": ["at_ms", "took_ms", "outcome"],
          "properties": {
            "at_ms": {"$ref": "#/$defs/count", "description": "Since the program began."},
            "took_ms": {"$ref": "#/$defs/count"},
            "outcome": {"type": "string"},
            "status": {"$ref": "#/$defs/status"},
            "errno": {"type": "integer"}
          }
        }
      }
    }
    """

  private static func names<Word: CaseIterable & RawRepresentable<String>>(
    _ words: Word.Type
  ) -> String {
    "[" + words.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ") + "]"
  }
}
