// The tables of matchers, one per family of rules; matchers.cc joins them. Each stands in the file of its name.
#pragma once

#include <span>

#include "hygiene/matcher.h"

namespace hfscan {

std::span<const FileMatcher> job_matchers();                // HF2001 to HF2008: Hugging Face Jobs
std::span<const FileMatcher> hub_matchers();                // HF2010 to HF2014: Spaces, Endpoints, sandboxes
std::span<const FileMatcher> platform_matchers();           // HF2016: other platforms
std::span<const FileMatcher> workflow_matchers();           // HF3001 to HF3013: GitHub Actions
std::span<const FileMatcher> ci_matchers();                 // HF3014, HF3015: other CI systems
std::span<const FileMatcher> container_matchers();          // HF4001 to HF4006: images and compose files
std::span<const FileMatcher> kubernetes_matchers();         // HF4007 to HF4011
std::span<const FileMatcher> infrastructure_matchers();     // HF4012 to HF4014: Terraform, Nix, services
std::span<const FileMatcher> argument_matchers();           // HF5: command lines
std::span<const FileMatcher> logging_matchers();            // HF6
std::span<const FileMatcher> credential_helper_matchers();  // HF8004
std::span<const FileMatcher> privilege_matchers();          // HF9004
std::span<const FileMatcher> documentation_matchers();      // HF9005, HF9006

}  // namespace hfscan
