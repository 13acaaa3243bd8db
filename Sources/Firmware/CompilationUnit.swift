import CElfutils

/// One compilation unit: its functions, what was inlined into them, and its lines.
///
/// Read when the first address in it is asked for; then each address costs two binary searches.
final class CompilationUnit {
  private var die: Dwarf_Die
  private lazy var scopes = ScopeIndex(&die)
  private var knownLines: LineIndex?

  /// Whether its language gives functions other names than the linker knows.
  private(set) lazy var mangles = ScopeIndex.mangles(&die)

  init(_ die: Dwarf_Die) { self.die = die }

  /// The calls at an address, innermost first; empty where no function of the unit is there.
  func frames(
    at address: UInt32, _ names: inout DemangledNames, _ programs: inout LinePrograms
  ) -> [SourceFrame] {
    let lines = knownLines ?? LineIndex(&die, &programs)
    knownLines = lines
    var frames: [SourceFrame] = []
    var place = lines.place(at: address)
    var scope = scopes.innermost(at: address)
    while let index = scope {
      var (function, linkageName) = scopes.name(of: index)
      if let linkage = linkageName {
        let readable = names.readable(linkage)
        if readable == linkage { linkageName = nil } else { function = readable }
        if function == nil { function = linkage }
      }
      let call = scopes.call(of: index)
      frames.append(
        SourceFrame(
          function: function, linkageName: linkageName, file: place.file, line: place.line,
          isInlined: call != nil))
      if let call { place = (lines.file(call.file), call.line) }
      scope = scopes.caller(of: index)
    }
    if frames.isEmpty, place.file != nil {
      frames.append(SourceFrame(function: nil, file: place.file, line: place.line))
    }
    return frames
  }
}
