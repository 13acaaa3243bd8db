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
        },
        "evidence": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "description": "A line and why it counts; evidence from outside the log has no line.",
            "properties": {
              "line": {"$ref": "#/$defs/line"},
              "offset": {"$ref": "#/$defs/count", "description": "Where the line begins, in bytes of the unpacked log, counted from 0."},
              "text": {"type": "string"},
              "why": {"type": "string"}
            }
          }
        },
        "verdict": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "title", "severity", "confidence", "summary", "rule", "evidence"],
          "properties": {
            "id": {"enum": \(names(VerdictID.self))},
            "title": {"type": "string"},
            "severity": {"$ref": "#/$defs/severity"},
            "confidence": {"$ref": "#/$defs/share"},
            "summary": {"type": "string"},
            "rule": {"type": "string", "description": "The rule that concluded it."},
            "evidence": {"$ref": "#/$defs/evidence"},
            "reasoning": {"$ref": "#/$defs/texts", "description": "How the confidence came about; with --explain."}
          }
        },
        "cause": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "title", "probability", "evidence"],
          "properties": {
            "id": {"type": "string"},
            "title": {"type": "string"},
            "probability": {"$ref": "#/$defs/share"},
            "evidence": {"$ref": "#/$defs/evidence"},
            "fix": {
              "type": "object",
              "additionalProperties": false,
              "required": ["summary"],
              "properties": {
                "summary": {"type": "string"},
                "steps": {"$ref": "#/$defs/texts"},
                "commands": {"$ref": "#/$defs/texts"}
              }
            },
            "reasoning": {"$ref": "#/$defs/texts", "description": "How the probability came about; with --explain."}
          }
        },
        "finding": {
          "type": "object",
          "additionalProperties": false,
          "required": ["rule", "severity", "title", "evidence"],
          "properties": {
            "rule": {"type": "string"},
            "severity": {"$ref": "#/$defs/severity"},
            "title": {"type": "string"},
            "advice": {"type": "string"},
            "evidence": {"$ref": "#/$defs/evidence"}
          }
        },
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
        },
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
        },
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

  private static func names<Names: CaseIterable & RawRepresentable<String>>(
    _: Names.Type
  ) -> String {
    "[" + Names.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ") + "]"
  }
}
