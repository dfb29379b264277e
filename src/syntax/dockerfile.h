// Reader of Dockerfiles: instructions with their flags and arguments, across continuation lines, comments and here-documents.
//
// Source: Dockerfile reference of BuildKit (frontend 1.6). Does not check that keywords and flags exist. The bodies of RUN,
// CMD, ENTRYPOINT and HEALTHCHECK in shell form are for the shell reader: see shell_text_of().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"
#include "syntax/offset_map.h"

namespace hfscan {

struct DockerFlag {  // --name=value
  std::string name;  // without the dashes
  std::string value;
  ByteSpan span;  // in the input
};

// Of ENV, ARG and LABEL.
struct DockerPair {
  std::string name;
  bool has_value = false;  // ARG may have none
  MappedText value;        // without quotes and escapes; variables stand as they are spelled
  ByteSpan span;           // name and value in the input, with quotes
};

struct DockerHereDocument {
  std::string name;
  ByteSpan body;   // whole lines in the input, without the delimiter's
  ByteSpan lines;  // with it
  bool expanded = true;
};

enum class DockerForm { shell, exec };

struct DockerInstruction {
  std::string keyword;  // in upper case
  bool on_build = false;
  DockerForm form = DockerForm::shell;
  std::uint32_t stage = UINT32_MAX;  // in DockerFile::stages; UINT32_MAX before the first FROM
  ByteSpan span;                     // in the input, from the keyword (ONBUILD included) to the end of the last line
  MappedText arguments;              // behind keyword and flags (HEALTHCHECK: behind its CMD), lines joined, comments left out
  std::vector<DockerFlag> flags;
  std::vector<DockerPair> pairs;
  std::vector<MappedText> exec;  // the strings of the exec form
  std::vector<DockerHereDocument> here_documents;
};

struct DockerStage {
  std::string image;
  std::string name;               // empty without AS
  std::uint32_t instruction = 0;  // its FROM
};

struct DockerFile {
  std::vector<DockerInstruction> instructions;
  std::vector<DockerStage> stages;
  std::optional<GaveUp> gave_up;
};

constexpr std::size_t kDockerInstructionLimit = 100'000;
constexpr std::size_t kDockerPairLimit = 100'000;  // pairs, flags and exec strings of all instructions together

// Never fails. Spans count from the start of `text`; nothing refers to it.
DockerFile read_dockerfile(std::string_view text);

// What a shell gets to read for an instruction in shell form: the arguments with their here-documents, or the body alone when a
// here-document is all there is (`RUN <<EOF`). `text` is what was given to read_dockerfile; the map leads to it.
MappedText shell_text_of(const DockerInstruction& instruction, std::string_view text);

// The value of NAME in a comma-separated list such as "type=secret,id=hf,env=HF_TOKEN"; empty when absent.
std::string_view docker_option(std::string_view list, std::string_view name);

}  // namespace hfscan
