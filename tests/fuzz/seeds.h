// What the fuzz targets start from: the examples of the built-in rules, texts that readers tend to stumble over, and small
// mutations of both. Made by code, always the same, so that no corpus has to be kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/random_text.h"
#include "targets.h"

namespace hfscan::fuzz {

// Unclosed brackets and quotes in great number, lines without end, NULs, aliases of aliases: `size` bytes each, about.
std::vector<std::string> hostile_texts(std::size_t size);

// Inputs for the target, with its choice byte: the examples in its languages and the hostile texts.
std::vector<std::string> seeds_of(const Target& target, std::size_t hostile_size);

// One of: cut off, a flood or a random byte put in, a stretch taken out, doubled or put elsewhere.
std::string mutated(std::string_view seed, test::RandomText& random);

// Words of the rules and punctuation of the languages, as a dictionary of libFuzzer.
std::string dictionary();

}  // namespace hfscan::fuzz
