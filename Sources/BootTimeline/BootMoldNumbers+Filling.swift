import DeviceEvents
import LineReading

// Putting the numbers of another boot's lines into the record made of a mold.
extension BootMoldNumbers {
  /// Puts the numbers of other lines into a record; false where one of them may decide something.
  func fill(_ record: inout BootRecord, from told: [LogLine]) -> Bool {
    for line in lines {
      var text = told[line.place].text
      if line.isTimed {
        guard let time = LineTime(text) else { return false }
        text = text.slice(from: time.end)
      }
      guard record.set(line.numbers, from: text) else { return false }
    }
    return faults.indices.allSatisfy { setFault(ofCrash: $0, in: &record) }
  }

  private func setFault(ofCrash crash: Int, in record: inout BootRecord) -> Bool {
    switch faults[crash] {
    case .fixed: return true
    case .unset(let index):
      return record.crashes[crash].registers[index].value == CrashReading.noFaultAddress
    case .register(let index):
      let address = record.crashes[crash].registers[index].value
      record.crashes[crash].faultAddress = address
      return address != CrashReading.noFaultAddress
    }
  }
}

extension BootRecord {
  /// Puts numbers in their places; false where one of them may decide something.
  fileprivate mutating func set(_ numbers: BootMoldNumbers.Numbers, from text: ByteText) -> Bool {
    switch numbers {
    case .savedPC(let start):
      guard let value = HexadecimalWord.value(in: text, at: start) else { return false }
      boot.savedPC = value
      return true
    case .registers(let core, let places):
      guard let other = core.other else {
        return crashes[core.crash].registers.set(places, from: text)
      }
      return crashes[core.crash].otherCores[other].registers.set(places, from: text)
    case .stackRow(let core, let row, let starts):
      guard let other = core.other else {
        return crashes[core.crash].stack[row].set(starts, from: text)
      }
      return crashes[core.crash].otherCores[other].stack[row].set(starts, from: text)
    case .frames(let core, let places):
      guard let other = core.other else {
        return crashes[core.crash].backtrace?.set(places, from: text) ?? false
      }
      return crashes[core.crash].otherCores[other].backtrace?.set(places, from: text) ?? false
    }
  }
}

extension [Register] {
  fileprivate mutating func set(
    _ places: [(start: Int, index: Int)], from text: ByteText
  ) -> Bool {
    for place in places {
      guard let value = HexadecimalWord.value(in: text, at: place.start),
        self[place.index].change(to: value)
      else { return false }
    }
    return true
  }
}

extension Crash.StackRow {
  fileprivate mutating func set(_ starts: [Int], from text: ByteText) -> Bool {
    for (index, start) in starts.enumerated() {
      guard let value = HexadecimalWord.value(in: text, at: start) else { return false }
      if index == 0 { address = value } else { words[index - 1] = value }
    }
    return true
  }
}

extension Backtrace {
  fileprivate mutating func set(
    _ places: [(start: Int, frame: Int, isPC: Bool)], from text: ByteText
  ) -> Bool {
    for place in places {
      guard let value = HexadecimalWord.value(in: text, at: place.start) else { return false }
      if place.isPC { frames[place.frame].pc = value } else { frames[place.frame].sp = value }
    }
    return true
  }
}

extension Register {
  /// Takes a value; false where another one may mean another crash: the core's number, a cause of ESP-IDF's own.
  fileprivate mutating func change(to other: UInt32) -> Bool {
    guard other != value else { return true }
    switch name.utf8.first {
    case UInt8(ascii: "M") where name == "MHARTID": return false
    case UInt8(ascii: "E") where name == "EXCCAUSE":
      guard value & ~0xf != 0x40, other & ~0xf != 0x40 else { return false }
    default: break
    }
    value = other
    return true
  }
}
