import BootTimeline
import DeviceEvents

extension DecodedCrash {
  /// What the monitor that captured the log resolved itself; nil where it resolved nothing.
  init?(resolvedIn crash: Crash, chip: Chip?) {
    guard !crash.resolvedCalls.isEmpty else { return nil }
    let owners = SourceOwners(files: crash.resolvedCalls.compactMap(\.file))
    let groups = Self.groups(of: crash.resolvedCalls)
    var calls: [UInt32: [DecodedFrame.Call]] = [:]
    for group in groups where calls[group.address] == nil {
      calls[group.address] = group.calls(owners)
    }
    // A backtrace of Xtensa begins 3 bytes before the PC, of which the monitor may have named the register alone
    // (`esp_cpu_process_stack_pc`, every version).
    if let pc = crash.pc, let first = crash.backtrace?.frames.first?.pc, first &+ 3 == pc {
      calls[first] = calls[first] ?? calls[pc]
    }
    func frame(
      _ pc: UInt32, _ sp: UInt32? = nil, _ origin: DecodedFrame.Origin
    ) -> DecodedFrame {
      DecodedFrame(
        pc: pc, sp: sp, origin: origin, memory: AddressMap.classify(pc, chip: chip),
        calls: calls[pc] ?? [])
    }
    let own = groups.filter { $0.form == .frame }
    let printed = crash.backtrace?.frames ?? []
    if printed.contains(where: { calls[$0.pc] != nil }) {
      frames = printed.map { frame($0.pc, $0.sp, .printed) }
    } else if !own.isEmpty {
      frames = own.map { frame($0.address, nil, .unwound) }
    } else if let pc = crash.pc, calls[pc] != nil {
      let caller = crash.register("RA").flatMap { calls[$0] == nil ? nil : $0 }
      frames =
        [frame(pc, nil, .registers)]
        + [caller].compactMap(\.self).map {
          frame($0, nil, .guessed)
        }
    } else {
      return nil
    }
  }

  /// The calls at one address: the first, and those into which it was inlined.
  private struct Group {
    let address: UInt32
    let form: ResolvedCall.Form
    var resolved: [ResolvedCall]

    func calls(_ owners: SourceOwners) -> [DecodedFrame.Call] {
      resolved.enumerated().map { index, call in
        DecodedFrame.Call(
          function: call.function, file: call.file, line: call.line,
          isInlined: index < resolved.count - 1, owner: owners.owner(of: call.file))
      }
    }
  }

  private static func groups(of resolved: [ResolvedCall]) -> [Group] {
    var groups: [Group] = []
    for call in resolved {
      if let address = call.address {
        groups.append(Group(address: address, form: call.form, resolved: [call]))
      } else if let last = groups.indices.last {
        groups[last].resolved.append(call)
      }
    }
    return groups
  }
}

extension Timeline {
  /// What is known of the calls of crashes: what ELFs tell, else what the log holds itself.
  public func decodedCrashes(besides known: [Int: DecodedCrash]) -> [Int: DecodedCrash] {
    var all = known
    // Most have none, and need not be copied to see that.
    for index in crashes.indices where !crashes[index].resolvedCalls.isEmpty {
      let crash = crashes[index]
      guard all[crash.firstLine.number] == nil else { continue }
      let chip = boots.first { $0.index == crash.boot }?.chip ?? device.chip
      all[crash.firstLine.number] = DecodedCrash(resolvedIn: crash, chip: chip)
    }
    return all
  }
}
