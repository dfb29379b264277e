// Writes the seeds of every fuzz target as the corpus that libFuzzer starts from: FOLDER/TARGET/0, 1, 2 ... and FOLDER/words,
// a dictionary.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "seeds.h"

namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("write_seeds: expected one argument, the folder to write to\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  bool written = true;
  for (const hfscan::fuzz::Target& target : hfscan::fuzz::targets()) {
    std::filesystem::create_directories(folder / target.name);
    std::size_t number = 0;
    for (const std::string& seed : hfscan::fuzz::seeds_of(target, 500))
      written = write(folder / target.name / std::to_string(number++), seed) && written;
  }
  written = write(folder / "words", hfscan::fuzz::dictionary()) && written;
  if (!written) std::fprintf(stderr, "write_seeds: cannot write to %s\n", argv[1]);
  return written ? 0 : 2;
}
