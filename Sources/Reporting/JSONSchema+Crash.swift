import BootTimeline
import DeviceEvents
import Diagnosis

// A crash, with what an ELF adds to it.
extension JSONSchema {
  /// `registers`, `backtrace`, `crash`.
  static let ofCrash = """
        "registers": {
          "type": "object",
          "description": "In the order printed.",
          "additionalProperties": {"$ref": "#/$defs/address"}
        },
        "backtrace": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["pc"],
            "properties": {
              "pc": {"$ref": "#/$defs/address", "description": "As printed, not adjusted."},
              "sp": {"$ref": "#/$defs/address"},
              "memory": {"enum": \(names(AddressClass.self)), "description": "What the address is; only with an ELF."},
              "origin": {"enum": \(names(DecodedFrame.Origin.self)), "description": "How the address is known; guessed ones may be left-overs on the stack."},
              "other_build": {"const": true, "description": "The ELF was forced upon the log: the names may be wrong."},
              "function": {"type": "string"},
              "file": {"type": "string"},
              "line": {"$ref": "#/$defs/line"},
              "inlined": {"type": "boolean", "description": "Inlined into the next entry, which has the same address."}
            }
          }
        },
        "crash": {
          "type": "object",
          "additionalProperties": false,
          "required": ["boot", "line", "fatal", "kind"],
          "properties": {
            "boot": {"$ref": "#/$defs/count"},
            "line": {"$ref": "#/$defs/line"},
            "fatal": {"type": "boolean"},
            "kind": {"enum": \(names(CrashKind.self))},
            "reason": {"type": "string"},
            "message": {"type": "string", "description": "What the software said before the trap, where a header gives another reason."},
            "core": {"$ref": "#/$defs/count"},
            "task": {"type": "string"},
            "watched_task": {"type": "string"},
            "pc": {"$ref": "#/$defs/address"},
            "fault_address": {"$ref": "#/$defs/address"},
            "registers": {"$ref": "#/$defs/registers"},
            "backtrace": {"$ref": "#/$defs/backtrace"},
            "backtrace_corrupted": {"type": "boolean"},
            "other_cores": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "core": {"$ref": "#/$defs/count"},
                  "registers": {"$ref": "#/$defs/registers"},
                  "backtrace": {"$ref": "#/$defs/backtrace"},
                  "backtrace_corrupted": {"type": "boolean"}
                }
              }
            },
            "elf": {
              "type": "object",
              "additionalProperties": false,
              "description": "The ELF that names the functions.",
              "required": ["path", "sha256", "matched_by"],
              "properties": {
                "path": {"type": "string"},
                "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "matched_by": {"enum": \(names(MatchedELF.Proof.self))}
              }
            },
            "suspect": {
              "type": "object",
              "additionalProperties": false,
              "description": "The first call in the application's own sources.",
              "required": ["function"],
              "properties": {
                "function": {"type": "string"},
                "file": {"type": "string"},
                "line": {"$ref": "#/$defs/line"}
              }
            },
            "task_entry": {"type": "string", "description": "The function that the task began with."},
            "fault_place": {"type": "string", "description": "What the fault address lies in: a variable, the heap, a stack."},
            "elf_sha256": {"type": "string"},
            "core_dump": {
              "type": "object",
              "additionalProperties": false,
              "description": "Where the core dump stands in the log, its marks included.",
              "required": ["line", "lines", "complete"],
              "properties": {
                "line": {"$ref": "#/$defs/line"},
                "lines": {"$ref": "#/$defs/count"},
                "complete": {"type": "boolean"}
              }
            },
            "signature": {"type": "string", "description": "Equal for crashes of the same kind at the same place."}
          }
        }
    """
}
