import CElfutils

/// The source lines of one compilation unit by address, in the table that libdw sorts.
struct LineIndex {
  private var lines: OpaquePointer?
  private var count = 0
  private var files: OpaquePointer?
  private var fileCount = 0
  /// Where the compiler was started; names of files may be relative to it.
  private var folder: String?

  init(_ die: inout Dwarf_Die, _ programs: inout LinePrograms) {
    guard programs.admits(programAt: die.number(DW_AT_stmt_list)) else { return }
    folder = die.text(DW_AT_comp_dir)
    if dwarf_getsrclines(&die, &lines, &count) != 0 { count = 0 }
    if dwarf_getsrcfiles(&die, &files, &fileCount) != 0 { fileCount = 0 }
  }

  /// The file and line that the address was made from.
  func place(at address: UInt32) -> (file: String?, line: Int?) {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      var start: Dwarf_Addr = 0
      guard dwarf_lineaddr(dwarf_onesrcline(lines, middle), &start) == 0 else { return (nil, nil) }
      if start <= UInt64(address) { low = middle + 1 } else { high = middle }
    }
    guard low > 0, let row = dwarf_onesrcline(lines, low - 1) else { return (nil, nil) }
    var isEnd = false
    guard dwarf_lineendsequence(row, &isEnd) == 0, !isEnd else { return (nil, nil) }
    var line: Int32 = 0
    let file = dwarf_linesrc(row, nil, nil).map { path($0) }
    // Line 0: the compiler says that the instruction belongs to no line.
    guard dwarf_lineno(row, &line) == 0, line > 0 else { return (file, nil) }
    return (file, Int(line))
  }

  /// The name of a file by its number in the unit.
  func file(_ number: UInt64?) -> String? {
    guard let number, number < UInt64(fileCount) else { return nil }
    return dwarf_filesrc(files, Int(number), nil, nil).map { path($0) }
  }

  private func path(_ name: UnsafePointer<CChar>) -> String {
    let text = String(cString: name)
    // Windows writes `C:/…`.
    let bytes = text.utf8
    let isAbsolute =
      bytes.first == UInt8(ascii: "/") || bytes.dropFirst().first == UInt8(ascii: ":")
    guard !isAbsolute, let folder, !folder.isEmpty else { return text }
    return folder.hasSuffix("/") ? folder + text : folder + "/" + text
  }
}
