/// The chapter for those who add a rule.
enum AuthorsGuide {
  static let text = """
    ## Adding a rule

    A rule is one YAML file, `rules/<family>/<id>.yaml`. It says what to look for, what that means, which causes
    compete, and which samples prove it. No Swift is needed. A complete example:

    ```yaml
    id: sensor-missing-after-update
    verdict: ota_self_test_failed
    title: The new image in {new} found no sensor and went back
    why: >
      The new image ran its self-test, said that the sensor does not answer, and asked to go back.
    when:
      sequence:
        - update: { succeeded: true, target: $new, from: $old }
          says: "the update to {new} is accepted"
        - boot: { slot: $new }
        - log: { tag: main, message: "self test failed*" }
          same_boot: true
          says: "the new image says what is missing"
        - boot: { slot: $old }
      without:
        - crash: { slot: $new, fatal: true }
    confidence: 0.9
    witnesses:
      - when: { log: { message: "Rollback to previously worked partition" } }
        strength: 0.8
        says: "the app asked to go back"
    causes:
      - id: self_test_failed
        prior: 0.8
    settled_by:
      - "the lines of the new image's self-test at log level INFO"
    examples:
      fires: [self-test-failed-chatty]
      silent: [rollback-unconfirmed-chatty]
    ```

    1. Write the file. Editors that know JSON Schema complete the keys: put
       `# yaml-language-server: $schema=../rule.schema.json` at its top.
    2. `esptriage rules check` reports every mistake with file, line, column and what was probably meant.
    3. Drop a log with its `expected.json` into `Samples/<name>/` where no sample shows the case, and name it under
       `fires`. Name the nearest look-alike under `silent`: a rule is as good as what it does not say.
    4. `esptriage rules test` runs every example, as it is and disturbed (CRLF, colours, timestamps, garbage lines, other chunks).
    5. `esptriage-dev generate` compiles the rules in; `esptriage-dev check` fails while something is stale.

    A rule of your own needs no place in this folder: `--rules DIR` loads any `*.yaml` below a folder, and a rule with the id of a built-in one replaces it.

    ### Conditions

    - A map with several keys means that all must hold.
    - Items are `boot`, `crash`, `update`, `notice` and `log`; the order is by line, a boot counts at its first line. The latest occurrence is taken.
    - `sequence` wants items in this order, anything else between; `without` forbids items between its first and last. A step may carry
      `same_boot`, `next_boot` or `within_boots: N`, measured from the step before.
    - `says` is why the line is evidence; `as` names an item for `{name.attribute}` (else its kind is its name); `{name.attribute|words}`
      reads as the words where the attribute is not known. `is` asks about the very item that a name stands for:
      `{ crash: { pc_place: in_code }, is: crash }`. Without `is` any such item will do, the named one first.
    - `count` counts items: `{ of: { crash: { fatal: true } }, at_least: 2, consecutive_boots: true, same: signature }`; `{count}` is the number.
    - `any`, `all` and `not` combine conditions; nothing inside a `not` is bound afterwards.

    ### Matchers

    A literal; a list (any of them); `{not: x}`; `{at_least: n}`, `{at_most: n}`, `{above: n}`, `{below: n}`; `"glob*"` for texts; `$name`, which
    binds at its first use and must be equal afterwards; `known`. An absent attribute matches only `{known: false}` and `{not: x}`.

    ### Sureness and causes

    Confidence is a noisy-or: `1 - (1 - confidence)(1 - strength)…` over the witnesses that speak, capped by `limits` and by 0.99. Causes start at their priors;
    each piece of evidence multiplies their odds by 2 to the power of its weight (`decides`: 30, `refutes`: 1/30); then all and `unknown` are scaled to 1.

    """
}
