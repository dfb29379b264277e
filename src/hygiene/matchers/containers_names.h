// What the matchers of containers, Kubernetes, infrastructure and services ask of a name or a value beyond token_names.h, and
// the walk over the Dockerfiles of a file. Shared by these three families.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hygiene/matcher.h"

namespace hfscan {

// A value without blanks and quotes around it.
std::string_view bare(std::string_view value);

// is_token_name, for names with dashes too: hf-token, huggingface-api-key.
[[nodiscard]] bool is_dashed_token_name(std::string_view name);

// Whether a text names a token anywhere as a whole word: $HF_TOKEN, secrets.HF_TOKEN, var.hf_token, os.environ["HF_TOKEN"].
[[nodiscard]] bool mentions_token_name(std::string_view text);

// A value that is taken from somewhere else when it is used: $X, ${X}, %X%, $(cmd), {{ x }}, ${{ x }}, @secret.
[[nodiscard]] bool is_reference(std::string_view value);

// A reference to a variable that holds a Hugging Face token, or a token itself.
[[nodiscard]] bool is_token_value(std::string_view value);

// `NAME`, `NAME=value`, with quotes around the whole: a name that says token, or any name with such a value.
[[nodiscard]] bool assigns_token(std::string_view assignment);

// Severity of a value written where it is baked in: nothing for one that counts fully, a note for one made to be replaced.
std::optional<Severity> severity_of_value(std::string_view value);

void for_each_docker_instruction(const FileCheck& check,
                                 const std::function<void(const Piece&, const DockerInstruction&)>& visit);

}  // namespace hfscan
