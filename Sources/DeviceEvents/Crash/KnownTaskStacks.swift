/// Tasks of ESP-IDF and Arduino whose stacks overflow, with where their size is set.
public enum KnownTaskStacks {
  /// What is known of a task.
  public struct TaskStack: Hashable, Sendable {
    /// The size by default, in bytes; options and versions change it.
    public let defaultSize: Int?
    /// The option that sets it.
    public let setting: String?
    /// What overflows it most of the time.
    public let advice: String
  }

  /// What is known of the task with that name, as FreeRTOS prints it.
  public static func stack(ofTask name: String) -> TaskStack? {
    switch name {
    case "main":
      TaskStack(
        defaultSize: 3584, setting: "CONFIG_ESP_MAIN_TASK_STACK_SIZE",
        advice: "It runs app_main: look for large local variables there and in what it calls.")
    case "sys_evt":
      TaskStack(
        defaultSize: 2304, setting: "CONFIG_ESP_SYSTEM_EVENT_TASK_STACK_SIZE",
        advice: "It runs event handlers: an event handler does heavy work or prints a lot.")
    case "Tmr Svc":
      TaskStack(
        defaultSize: 2048, setting: "CONFIG_FREERTOS_TIMER_TASK_STACK_DEPTH",
        advice: "It runs FreeRTOS timers: a timer's callback does heavy work or prints.")
    case "httpd":
      TaskStack(
        defaultSize: 4096, setting: "httpd_config_t.stack_size",
        advice: "It runs URI handlers: one of them has large local variables.")
    case "esp_timer":
      TaskStack(
        defaultSize: 3584, setting: "CONFIG_ESP_TIMER_TASK_STACK_SIZE",
        advice: "It runs callbacks of esp_timer: one of them does heavy work or prints.")
    case "tiT":
      TaskStack(
        defaultSize: 3072, setting: "CONFIG_LWIP_TCPIP_TASK_STACK_SIZE",
        advice: "It runs lwIP: a callback or a hook inside the network stack does too much.")
    case "ipc0", "ipc1":
      TaskStack(
        defaultSize: 1280, setting: "CONFIG_ESP_IPC_TASK_STACK_SIZE",
        advice: "It runs calls from the other core: nested interrupts or a backtrace fill it.")
    case "loopTask":
      TaskStack(
        defaultSize: 8192, setting: "SET_LOOP_TASK_STACK_SIZE",
        advice: "It runs setup() and loop(): look for large local variables there.")
    case "wifi":
      TaskStack(
        defaultSize: nil, setting: nil,
        advice: "It belongs to the Wi-Fi library: a callback called from it does too much.")
    case "btController":
      TaskStack(
        defaultSize: nil, setting: nil,
        advice: "It belongs to the Bluetooth library: a callback called from it does too much.")
    default:
      nil
    }
  }
}
