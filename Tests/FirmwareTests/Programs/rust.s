# Functions as rustc names them, legacy and v0; the code does nothing.
  .globl app_main
  .type app_main, @function
app_main:
  nop
  nop
  .size app_main, . - app_main

  .globl _ZN6sensor5queue4push17h0123456789abcdefE
  .type _ZN6sensor5queue4push17h0123456789abcdefE, @function
_ZN6sensor5queue4push17h0123456789abcdefE:
  nop
  nop
  .size _ZN6sensor5queue4push17h0123456789abcdefE, . - _ZN6sensor5queue4push17h0123456789abcdefE

  .globl _RNvMs_NtCs4fqI2P2rA04_6sensor5queueNtB4_5Queue4push
  .type _RNvMs_NtCs4fqI2P2rA04_6sensor5queueNtB4_5Queue4push, @function
_RNvMs_NtCs4fqI2P2rA04_6sensor5queueNtB4_5Queue4push:
  nop
  nop
  .size _RNvMs_NtCs4fqI2P2rA04_6sensor5queueNtB4_5Queue4push, . - _RNvMs_NtCs4fqI2P2rA04_6sensor5queueNtB4_5Queue4push

  .globl sizeless
sizeless:
  nop
  nop
