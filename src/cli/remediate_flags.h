// The flags of `hfscan remediate` and `hfscan verify` as data. They belong to single commands, unlike all others, since most of
// them let something happen that cannot be undone: nobody is to find one accepted where it means nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

// What was typed; checked where it is used.
struct RemediateOptions {
  std::string from;               // plan: a report to start from
  std::string remote_name;        // plan: which remote
  std::string visibility;         // plan: private or public
  std::string strategy;           // plan: auto, revoke-first, replace-first
  std::string attest;             // status: a step whose end somebody vouches for
  std::string support;            // record: github, gitlab or hf
  std::string clone;              // verify: another clone to look at
  std::string confirm;            // push: what a person would type
  std::string endpoint;           // where tokens are sent; empty: huggingface.co
  std::string proof_interval;     // seconds between two answers of whoami
  bool net = false;               // programs that use the network may be run
  bool yes = false;               // no question is asked
  bool apply = false;             // do it, instead of showing what would be done
  bool skip = false;              // rewrite: decide against it
  bool ask_only = false;          // revoke: only ask whose it is
  bool prove_only = false;        // revoke: only prove that it is dead
  bool one_by_one = false;        // push: ref by ref
  bool host = false;              // inventory: this machine too
  bool remote = false;            // verify: the remote too
  bool install_guard = false;     // verify: put the pre-push hook into the clone
  bool token_stdin = false;       // the token comes on standard input
  bool include_identity = false;  // show the name of the account
};

struct RemediateFlag {
  std::string_view commands;  // names of the sub-commands that take it, with a space between; "verify" is that of remediate,
                              // "hfscan-verify" the other one
  const char* name;
  const char* value;  // what stands behind it; null: it is a switch
  bool RemediateOptions::*is_set;
  std::string RemediateOptions::*text;
  const char* help;
};

std::span<const RemediateFlag> remediate_flags();

// Whether the flag belongs to the command.
[[nodiscard]] bool takes(std::string_view command, const RemediateFlag& flag);

}  // namespace hfscan
