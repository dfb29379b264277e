// Runs one function on several threads and waits for all of them.
#pragma once

#include <thread>
#include <vector>

namespace hfscan {

// `work(number)` for every number below `count`, each on its own thread; 0 on the calling one. At least one.
template <typename Work>
void run_workers(unsigned count, const Work& work) {
  std::vector<std::thread> others;
  for (unsigned number = 1; number < count; ++number) others.emplace_back([&work, number] { work(number); });
  work(0U);
  for (std::thread& thread : others) thread.join();
}

}  // namespace hfscan
