// The names under which fuzz_pieces and fuzz_rules look at a text: its first byte chooses one.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace hfscan::fuzz {

constexpr std::array<std::string_view, 40> kPaths = {".github/workflows/a.yml",
                                                     "action.yml",
                                                     ".gitlab-ci.yml",
                                                     ".circleci/config.yml",
                                                     "docker-compose.yml",
                                                     "k8s/deployment.yaml",
                                                     "values.yaml",
                                                     "templates/job.yaml",
                                                     "a.json",
                                                     ".vscode/mcp.json",
                                                     "a.ipynb",
                                                     "a.sh",
                                                     ".bashrc",
                                                     ".envrc",
                                                     "Dockerfile",
                                                     ".dockerignore",
                                                     ".gitignore",
                                                     ".gitmodules",
                                                     "a.py",
                                                     "app.ts",
                                                     "page.html",
                                                     "main.tf",
                                                     "a.tfvars",
                                                     "Jenkinsfile",
                                                     "README.md",
                                                     "a.rst",
                                                     "tox.ini",
                                                     ".git/config",
                                                     "a.service",
                                                     ".env",
                                                     ".env.example",
                                                     "Makefile",
                                                     "justfile",
                                                     "pyproject.toml",
                                                     "flake.nix",
                                                     "a.ps1",
                                                     "a.bat",
                                                     "a.sbatch",
                                                     "crontab",
                                                     "notes.txt"};

struct ChosenPath {
  std::string_view path;
  std::string_view text;
};

// An empty input is an empty file.
inline ChosenPath chosen_path(std::string_view input) {
  if (input.empty()) return {kPaths.front(), input};
  return {kPaths[static_cast<unsigned char>(input.front()) % kPaths.size()], input.substr(1)};
}

}  // namespace hfscan::fuzz
