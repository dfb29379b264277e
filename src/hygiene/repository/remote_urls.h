// Credentials in the URLs of a git configuration: remotes, push URLs, submodules, url.<base>.insteadOf. For the rule
// git-remote-url-token.
#pragma once

#include <string_view>
#include <vector>

#include "detect/hit_finder.h"

namespace hfscan {

constexpr std::string_view kRemoteUrlMatcher = "git-remote-url";

// `text` is a .gitmodules or a config file of git; it is read, never obeyed. A hit is a credential of Hugging Face in the user
// part of an http(s) URL, or any password for huggingface.co and hf.co; its edit takes the user part out.
void find_remote_urls(const Rule& rule, std::string_view text, std::vector<RuleHit>& hits);

}  // namespace hfscan
