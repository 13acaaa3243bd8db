/// Which chip's ROM was built on a day, for boots of which the banner is lost and the line behind it is not.
///
///     Build:Mar 27 2021
///
/// No two chips share a day; a date that is not here tells nothing (`formats/boot.md` 1.2).
enum ROMBuilds {
  static func chip(builtOn date: String) -> Chip? {
    // A day of one digit is padded with a blank, which pasted logs lose.
    chips[date.split(separator: " ").joined(separator: " ")]
  }

  private static let chips: [String: Chip] = [
    "Oct 25 2019": .esp32s2, "Mar 27 2021": .esp32s3,
    "Sep 18 2020": .esp32c3, "Feb 7 2021": .esp32c3, "Mar 21 2023": .esp32c3,
    "Oct 15 2021": .esp32c2, "Jan 27 2022": .esp32c2,
    "Sep 19 2022": .esp32c6, "Nov 1 2022": .esp32h2, "Feb 28 2025": .esp32c61,
    "Jul 26 2024": .esp32c5, "Jan 21 2025": .esp32c5, "Jul 4 2025": .esp32c5,
    "Aug 11 2023": .esp32p4, "Feb 5 2024": .esp32p4, "Jul 10 2024": .esp32p4,
    "Apr 30 2025": .esp32p4, "Jan 21 2026": .esp32s31,
  ]
}
