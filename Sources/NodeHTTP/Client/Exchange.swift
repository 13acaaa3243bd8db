/// One request to a node, as the loop runs it.
struct Exchange: Sendable {
  /// What the request carries.
  enum Body: Sendable {
    /// Nothing: a GET.
    case none
    case text(String)
    case file(ImageSource)
  }

  var url: String
  var token: AccessToken?
  var body: Body
  var limits: TimeLimits
  var onProgress: (@Sendable (UploadProgress) -> Void)?

  /// How much the body has.
  var length: Int64 {
    switch body {
    case .none: 0
    case .text(let text): Int64(text.utf8.count)
    case .file(let source): source.length
    }
  }
}

/// What became of an exchange.
struct ExchangeEnd: Sendable {
  /// Why it is not whole.
  enum Trouble: Hashable, Sendable {
    case failure(ExchangeFailure)
    case bodyUnreadable
  }

  /// Nil for a whole answer.
  var trouble: Trouble?
  /// The answer's status, also where its body is cut; nil where no status line came.
  var httpStatus: Int?
  /// What came of the answer's body.
  var body: [UInt8] = []
  var progress: UploadProgress
  /// The socket's error, or that of reading the body; 0 for none.
  var systemError: Int32 = 0
  var took: Duration = .zero

  /// An exchange that never began.
  static func unstarted(_ trouble: Trouble, of exchange: Exchange, systemError: Int32 = 0) -> Self {
    ExchangeEnd(
      trouble: trouble,
      progress: UploadProgress(sent: 0, acknowledged: 0, total: exchange.length),
      systemError: systemError)
  }
}
