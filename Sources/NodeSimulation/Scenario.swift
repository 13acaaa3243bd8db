/// How a node behaves when somebody updates it.
public struct Scenario: Hashable, Sendable {
  /// What it is called on the command line.
  public var name: String
  /// What it shows, in a sentence.
  public var shows: String
  /// How the update handler ends.
  public var upload: UploadConduct
  /// How an image behaves that was uploaded.
  public var newImage: ImageConduct
  /// How the image from before behaves if it runs again after an update.
  public var oldImage: ImageConduct
  /// Whether an unconfirmed image is taken back.
  public var rollback: Rollback
  /// Who may upload.
  public var access: Access
  /// What the status request gets.
  public var status: StatusConduct
  /// What listens on the port.
  public var service: Service
  /// What the settings in NVS do when they are written.
  public var settings: SettingsConduct
  /// The largest image that is taken.
  public var maximumSize: Int

  /// Puts a scenario together; what is left out behaves.
  public init(
    _ name: String, shows: String, upload: UploadConduct = .works, newImage: ImageConduct = .runs,
    oldImage: ImageConduct = .runs, rollback: Rollback = .off, access: Access = .withKey,
    status: StatusConduct = .answers,
    service: Service = .node, settings: SettingsConduct = .work, maximumSize: Int = 921_600
  ) {
    self.name = name
    self.shows = shows
    self.upload = upload
    self.newImage = newImage
    self.oldImage = oldImage
    self.rollback = rollback
    self.access = access
    self.status = status
    self.service = service
    self.settings = settings
    self.maximumSize = maximumSize
  }
}

/// How an image behaves once it runs.
public enum ImageConduct: Hashable, Sendable {
  /// It runs, and confirms itself after ten seconds.
  case runs
  /// It panics this long after its boot, each time.
  case panics(after: Duration)
  /// It runs, but never gets onto the network.
  case neverAnswers
  /// It runs and nobody confirms it; after a while it is reset for this reason.
  case isResetUnconfirmed(after: Duration, by: ResetReason)
  /// It selects the other slot again and restarts, as an image does that fetches its own updates.
  case leaves(after: Duration)
}

/// How the update handler ends.
public enum UploadConduct: Hashable, Sendable {
  /// As it should.
  case works
  /// As it should, but the erase takes this long.
  case erases(for: Duration)
  /// With one of the handler's failures.
  case fails(UploadFailure)
  /// With success, but the next boot runs the old image.
  case forgetsTheNewSlot
  /// The running image dies in the middle of the body.
  case diesHalfway(ResetReason)
  /// The running image dies at the end of the body, without an answer.
  case diesAtTheEnd
  /// It takes half of the body and then nothing more.
  case hangs
  /// The update takes, but the connection is reset behind the answer.
  case resetsAfterTheAnswer
  /// The update takes, but the connection is reset instead of an answer.
  case resetsInsteadOfTheAnswer
}

/// The failures that the handler reports with status 500; the raw value is what it says.
public enum UploadFailure: String, Hashable, Sendable, CaseIterable {
  case noPartition = "No OTA partition available"
  case begin = "OTA begin failed"
  case receive = "Receive error"
  case write = "OTA write failed"
  case validation = "OTA validation failed"
  case setBoot = "Set boot partition failed"
}

/// Who may upload.
public enum Access: Hashable, Sendable {
  /// Whoever sends the node's key.
  case withKey
  /// Nobody: the key is one that nobody knows.
  case withUnknownKey
  /// Nobody: no key was provisioned.
  case noKeyProvisioned
  /// Everybody, as in builds from before the key was demanded.
  case open
}

/// What the status request gets.
public enum StatusConduct: Hashable, Sendable {
  /// The status.
  case answers
  /// A complete answer whose JSON ends in the middle.
  case cutsTheJSON
  /// Half of an answer, then the end of the connection.
  case cutsTheAnswer
  /// Nothing at all.
  case stalls
  /// An answer without end.
  case neverEnds
  /// Another address.
  case redirects
}

/// What listens on the port.
public enum Service: Hashable, Sendable {
  /// The node's firmware.
  case node
  /// A web server without the node's addresses.
  case otherWebServer
  /// Something that speaks first, and no HTTP.
  case notHTTP
  /// Something that never accepts, so that connecting never ends.
  case silent
}

/// What the settings in NVS do when they are written; the failures are what the handlers report.
public enum SettingsConduct: String, Hashable, Sendable {
  case work = ""
  case openFails = "NVS open failed"
  case writeFails = "NVS write failed"
  case commitFails = "NVS commit failed"
}

/// Why the chip started again, as the boot line says it.
public enum ResetReason: String, Hashable, Sendable {
  case powerOn = "POWERON"
  case software = "SW"
  case panic = "PANIC"
  case taskWatchdog = "TASK_WDT"
  case brownout = "BROWNOUT"
}
