extension StatusOutcome {
  init(_ end: ExchangeEnd) {
    // A status of another service is news whether or not its page came whole.
    if let status = end.httpStatus, status != 200 {
      self = [404, 405, 501].contains(status) ? .noEndpoint(status: status) : .otherStatus(status)
      return
    }
    switch end.trouble {
    case .failure(let failure):
      self = .failure(failure)
      return
    case .bodyUnreadable, nil: break
    }
    switch NodeStatus.read(end.body) {
    case .status(let status): self = .answer(status)
    case .notJSON: self = .notJSON
    case .otherJSON: self = .otherFirmware
    }
  }
}

extension UploadOutcome {
  init(_ end: ExchangeEnd, without token: AccessToken?) {
    if let answer = end.answer(without: token) {
      self = .answered(status: answer.status, body: answer.body)
      return
    }
    switch end.trouble {
    case .bodyUnreadable:
      self =
        SocketError(code: end.systemError).map(UploadOutcome.imageUnreadable)
        ?? .failure(.local("the image cannot be read"))
    case .failure(let failure): self = .failure(failure)
    case nil: self = .failure(.notHTTP)
    }
  }
}

extension OperatorOutcome {
  init(_ end: ExchangeEnd, without token: AccessToken?) {
    if let answer = end.answer(without: token) {
      self = .answered(status: answer.status, body: answer.body)
      return
    }
    switch end.trouble {
    case .failure(let failure): self = .failure(failure)
    case .bodyUnreadable, nil: self = .failure(.notHTTP)
    }
  }
}

extension ExchangeEnd {
  /// An answer, also one whose body was cut: a node that restarts may not finish its sentence.
  fileprivate func answer(without token: AccessToken?) -> (status: Int, body: String)? {
    guard let httpStatus else { return nil }
    let text = String(decoding: body, as: UTF8.self)
    return (httpStatus, token?.struck(from: text) ?? text)
  }
}
