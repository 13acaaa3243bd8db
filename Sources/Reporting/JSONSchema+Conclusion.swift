import Diagnosis

// What was concluded, and from which lines.
extension JSONSchema {
  /// `evidence`, `verdict`, `cause`, `finding`.
  static let ofConclusion = """
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
        }
    """
}
