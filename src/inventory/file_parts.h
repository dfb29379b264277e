// The parts of find_file_uses(), one for each kind of file that needs its structure read. Internal to the inventory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hygiene/file_view.h"
#include "inventory/file_uses.h"

namespace hfscan {

// HF_TOKEN, hf-token: a name of a token, dashes and dots for underscores.
[[nodiscard]] bool names_token(std::string_view name);

// `$NAME`, `${NAME}`, `${NAME:-x}`, the whole text: the name; else empty.
std::string_view variable_in(std::string_view text);

void find_workflow_uses(FileView& view, FileUses& found);  // GitHub Actions: secrets and variables
void find_pipeline_uses(FileView& view, std::string_view kind,
                        FileUses& found);                    // other CI systems, Compose: words and aliases
void find_kubernetes_uses(FileView& view, FileUses& found);  // false: no manifest
void find_dockerfile_uses(FileView& view, FileUses& found);
void find_remote_url_uses(FileView& view, FileUses& found);  // .git/config, .gitmodules
void find_space_metadata(FileView& view, FileUses& found);

// Stretches of a file that belong to a call or a command, by which a name in them is judged.
struct Region {
  ByteSpan span;
  std::string_view kind;
  std::string scope;
};
// Calls of huggingface_hub and SageMaker, commands of hf, kubectl, docker and the like, wherever they stand but in
// documentation.
std::vector<Region> regions_of(FileView& view, FileUses& found);

// Names of tokens as whole words, comments left out.
struct NameWord {
  std::string_view text;
  std::uint64_t offset = 0;
};
std::vector<NameWord> name_words(std::string_view text);

}  // namespace hfscan
