/// 2 to the power of `exponent`, without a system library.
///
/// Whole powers are exact; the fraction is 2^f = e^(f ln 2) as a series, which ten terms bring to
/// 1e-10 for f below 1. Exponents are clamped to ±60: no weight needs more.
func powerOfTwo(_ exponent: Double) -> Double {
  let clamped = min(max(exponent, -60), 60)
  let whole = clamped.rounded(.down)
  let x = (clamped - whole) * 0.693_147_180_559_945_3
  var term = 1.0
  var fraction = 1.0
  for index in 1...12 {
    term *= x / Double(index)
    fraction += term
  }
  var result = fraction
  for _ in 0..<Int(abs(whole)) { result = whole < 0 ? result / 2 : result * 2 }
  return result
}
