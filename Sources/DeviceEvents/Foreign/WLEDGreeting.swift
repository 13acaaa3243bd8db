// Ada
//
// WLED's words of its start are for those who debug it. What it prints in any build, once its lights are set up, is the
// greeting of the Adalight protocol (wled00/wled.cpp), and then nothing until somebody asks.

import LineReading

/// Tells the greeting with which WLED shows that it runs.
enum WLEDGreeting {
  static func stands(in line: ByteText) -> Bool {
    line.count >= 3 && line.count <= 8 && line.trimmed.isExactly("Ada")
  }
}
