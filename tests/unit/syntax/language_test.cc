#include "syntax/language.h"

#include <gtest/gtest.h>

namespace hfscan {
namespace {

struct PathCase {
  const char* path;
  Language language;
};

constexpr PathCase kNames[] = {
    {"docker/Dockerfile", Language::dockerfile},
    {"Dockerfile.gpu", Language::dockerfile},
    {"Dockerfile-dev", Language::dockerfile},
    {"gpu-dockerfile", Language::dockerfile},
    {"api.Dockerfile.v2", Language::dockerfile},
    {"Dockerfile.txt", Language::dockerfile},
    {"app.Dockerfile", Language::dockerfile},
    {"Containerfile", Language::dockerfile},
    {"dockerfile_parser.py", Language::python},
    {"Jenkinsfile", Language::groovy},
    {"Jenkinsfile.release", Language::groovy},
    {"build.gradle", Language::groovy},
    {"Makefile", Language::makefile},
    {"GNUmakefile", Language::makefile},
    {"x/rules.mk", Language::makefile},
    {"justfile", Language::makefile},
    {".env", Language::dotenv},
    {"a/.env.local", Language::dotenv},
    {"prod.env", Language::dotenv},
    {".envrc", Language::dotenv},
    {".env.example", Language::dotenv},
    {"main.tf", Language::hcl},
    {"x.tfvars", Language::hcl},
    {"job.nomad", Language::hcl},
    {"a.ipynb", Language::notebook},
    {"x.service", Language::ini},
    {"setup.cfg", Language::ini},
    {".gitconfig", Language::ini},
    {".git/config", Language::ini},
    {"a/.git/config", Language::ini},
    {".cache/huggingface/stored_tokens", Language::ini},
    {".netrc", Language::netrc},
    {"_netrc", Language::netrc},
    {".bashrc", Language::shell},
    {".zshrc", Language::shell},
    {"train.slurm", Language::shell},
    {"t.sbatch", Language::shell},
    {"t.bats", Language::shell},
    {"c.fish", Language::shell},
    {"page.mdx", Language::markdown},
    {"README.md", Language::markdown},
    {"index.rst", Language::restructured_text},
    {"App.vue", Language::html},
    {"requirements.txt", Language::text},
    {"config.yaml.example", Language::yaml},
    {"deploy.yml.j2", Language::yaml},
    {"pyproject.toml", Language::toml},
    {"a.tsx", Language::javascript},
    {"W.YML", Language::yaml},
    {"default.nix", Language::nix},
    {"run.ps1", Language::powershell},
    {"x.cmd", Language::batch},
    {"config", Language::text},
    {"token", Language::text},
    {"", Language::text},
    {"dir/", Language::text},
    {".", Language::text},
};

TEST(Language, IsKnownFromTheName) {
  for (const PathCase& one : kNames) EXPECT_EQ(language_of(one.path, ""), one.language) << one.path;
}

TEST(Language, IsKnownFromTheFirstLine) {
  const PathCase cases[] = {
      {"#!/bin/sh\n", Language::shell},
      {"#! /usr/bin/env bash -x\n", Language::shell},
      {"#!/usr/bin/env python3.11\n", Language::python},
      {"#!/usr/bin/env -S python3 -u\n", Language::python},
      {"#!/usr/bin/env -Spython -u\n", Language::python},
      {"#!/usr/bin/env -S A=b uv run --script\r\n", Language::python},
      {"#!/usr/bin/env node", Language::javascript},
      {"#!/usr/bin/pwsh\n", Language::powershell},
      {"\xEF\xBB\xBF#!/bin/zsh\n", Language::shell},
      {"#!\n", Language::text},
      {"#!/usr/bin/env\n", Language::text},
      {"# !/bin/sh\n", Language::text},
      {"", Language::text},
      {"#!/usr/bin/perl\n", Language::text},
  };
  for (const PathCase& one : cases) EXPECT_EQ(language_of("bin/run", one.path), one.language) << one.path;
  EXPECT_EQ(language_of("notes.txt", "#!/bin/sh\n"), Language::text);
}

TEST(Language, IsKnownFromAnInfoString) {
  const PathCase cases[] = {
      {"python", Language::python},
      {"Py", Language::python},
      {"python3", Language::python},
      {"{.python .numberLines}", Language::python},
      {"{python}", Language::python},
      {"bash", Language::shell},
      {"console", Language::shell},
      {"sh title=\"x\"", Language::shell},
      {"shell-session", Language::shell},
      {"jsonc", Language::json},
      {"yml", Language::yaml},
      {"yaml:a.yml", Language::yaml},
      {"ts", Language::javascript},
      {"docker", Language::dockerfile},
      {"terraform", Language::hcl},
      {"diff", Language::text},
      {"", Language::text},
      {"rust", Language::text},
      {"text", Language::text},
      {"{", Language::text},
      {"bash{1,3}", Language::shell},
  };
  for (const PathCase& one : cases) EXPECT_EQ(language_named(one.path), one.language) << one.path;
}

}  // namespace
}  // namespace hfscan
