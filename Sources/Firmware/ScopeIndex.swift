import CElfutils

/// The functions of one compilation unit and the calls inlined into them, as an index by address.
///
/// Functions and inlined calls nest. The index cuts the code where any of them begins or ends and
/// keeps for each piece the innermost one; the others follow by way of its callers.
struct ScopeIndex {
  private struct Scope {
    var die: Dwarf_Die
    var caller: Int32
    var depth: Int32
    var isInlined: Bool
  }

  private struct Stretch {
    var low: UInt32
    var high: UInt32
    var scope: Int32
    var depth: Int32
  }

  private var scopes: [Scope] = []
  private var starts: [UInt32] = []
  /// The innermost scope from the start at the same index on; -1 between functions.
  private var innermost: [Int32] = []

  /// A function inlined more deeply, and a unit with more stretches, come from no compiler.
  private static let deepest: Int32 = 256
  private static let mostStretches = 1 << 20

  init(_ unit: inout Dwarf_Die) {
    var stretches = collect(&unit)
    stretches.sort { ($0.low, $0.depth, $0.scope) < ($1.low, $1.depth, $1.scope) }
    flatten(stretches)
  }

  /// The innermost function or inlined call at the address.
  func innermost(at address: UInt32) -> Int? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0, innermost[low - 1] >= 0 else { return nil }
    return Int(innermost[low - 1])
  }

  /// The function that this one was inlined into.
  func caller(of scope: Int) -> Int? {
    let caller = scopes[scope].caller
    return caller >= 0 ? Int(caller) : nil
  }

  /// The function's plain and its mangled name.
  func name(of scope: Int) -> (plain: String?, mangled: String?) {
    var die = scopes[scope].die
    let mangled = die.text(DW_AT_linkage_name) ?? die.text(DW_AT_MIPS_linkage_name)
    return (die.text(DW_AT_name), mangled)
  }

  /// Where the call stood that was inlined; nil for a function of its own.
  func call(of scope: Int) -> (file: UInt64?, line: Int?)? {
    guard scopes[scope].isInlined else { return nil }
    var die = scopes[scope].die
    let line = die.number(DW_AT_call_line).flatMap { Int(exactly: $0) }
    return (die.number(DW_AT_call_file), line == 0 ? nil : line)
  }

  /// Whether a unit is written in a language with methods and mangled names, C++ or Rust.
  static func mangles(_ unit: inout Dwarf_Die) -> Bool {
    guard let language = unit.number(DW_AT_language) else { return false }
    let plain = [
      DW_LANG_C89, DW_LANG_C, DW_LANG_C99, DW_LANG_C11, DW_LANG_Mips_Assembler,
    ]
    return !plain.contains { UInt64($0) == language }
  }

  private mutating func collect(_ unit: inout Dwarf_Die) -> [Stretch] {
    var stretches: [Stretch] = []
    let hasMethods = Self.mangles(&unit)
    /// Entries still to be read, each with the scope around it.
    var open: [(die: Dwarf_Die, scope: Int32)] = []
    var first = Dwarf_Die()
    if dwarf_child(&unit, &first) == 0 { open.append((first, -1)) }
    while let (entry, around) = open.popLast() {
      var die = entry
      // Entries follow each other in the file; one that points backwards would be read for ever.
      var next = Dwarf_Die()
      var inner = around
      var descends = false
      switch Int(dwarf_tag(&die)) {
      case DW_TAG_subprogram:
        descends = enter(&die, &inner, around, .function, &stretches)
      case DW_TAG_inlined_subroutine:
        descends = enter(&die, &inner, around, .inlined, &stretches)
      case DW_TAG_lexical_block, DW_TAG_try_block, DW_TAG_catch_block, DW_TAG_namespace,
        DW_TAG_module, DW_TAG_with_stmt:
        descends = true
      case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type: descends = hasMethods
      default: break
      }
      if dwarf_siblingof(&die, &next) == 0, Self.address(next) > Self.address(die) {
        open.append((next, around))
      }
      var child = Dwarf_Die()
      if descends, open.count < Int(Self.deepest), dwarf_child(&die, &child) == 0,
        Self.address(child) > Self.address(die)
      {
        open.append((child, inner))
      }
    }
    return stretches
  }

  private enum Kind { case function, inlined }

  /// Notes a function or inlined call; false where there is nothing to be found inside.
  private mutating func enter(
    _ die: inout Dwarf_Die, _ inner: inout Int32, _ around: Int32, _ kind: Kind,
    _ stretches: inout [Stretch]
  ) -> Bool {
    let scope = Int32(scopes.count)
    let depth = around >= 0 ? scopes[Int(around)].depth + 1 : 0
    guard depth < Self.deepest else { return false }
    let before = stretches.count
    die.forEachRange(atMost: Self.mostStretches - before) { range in
      stretches.append(
        Stretch(low: range.lowerBound, high: range.upperBound, scope: scope, depth: depth))
    }
    // Declarations and the abstract originals of inlined functions have no code.
    guard stretches.count > before else { return false }
    scopes.append(
      Scope(
        die: die, caller: kind == .inlined ? around : -1, depth: depth,
        isInlined: kind == .inlined && around >= 0))
    inner = scope
    return true
  }

  private mutating func flatten(_ stretches: [Stretch]) {
    var around: [(high: UInt32, scope: Int32)] = []
    func closed(before low: UInt32?, _ index: inout ScopeIndex) {
      while let last = around.last, low.map({ last.high <= $0 }) ?? true {
        around.removeLast()
        index.cut(at: last.high, around.last?.scope ?? -1)
      }
    }
    for stretch in stretches {
      closed(before: stretch.low, &self)
      let high = min(stretch.high, around.last?.high ?? stretch.high)
      cut(at: stretch.low, stretch.scope)
      around.append((high, stretch.scope))
    }
    closed(before: nil, &self)
  }

  private mutating func cut(at start: UInt32, _ scope: Int32) {
    if starts.last == start {
      innermost[innermost.count - 1] = scope
    } else {
      starts.append(start)
      innermost.append(scope)
    }
  }

  private static func address(_ die: Dwarf_Die) -> UInt { UInt(bitPattern: die.addr) }
}
