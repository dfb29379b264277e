// Chooses the kernel. Tested by tests/unit/detect/anchors_test.cc and, against a naive search, by tests/differential.
#include "detect/anchors.h"

#include "detect/anchor_cores.h"

namespace hfscan {
namespace {

AnchorKernel best_kernel() {
  static const AnchorKernel kernel = [] {
    for (const AnchorKernel candidate : {AnchorKernel::avx2, AnchorKernel::ssse3, AnchorKernel::neon}) {
      if (has_kernel(candidate)) return candidate;
    }
    return AnchorKernel::scalar;
  }();
  return kernel;
}

}  // namespace

bool has_kernel(AnchorKernel kernel) {
  switch (kernel) {
    case AnchorKernel::best:
    case AnchorKernel::scalar: return true;
#if defined(__x86_64__)
    case AnchorKernel::avx2: return __builtin_cpu_supports("avx2") != 0;
    case AnchorKernel::ssse3: return __builtin_cpu_supports("ssse3") != 0;
    case AnchorKernel::neon: return false;
#elif defined(__aarch64__)
    case AnchorKernel::neon: return true;
    case AnchorKernel::avx2:
    case AnchorKernel::ssse3: return false;
#else
    default: return false;
#endif
  }
  return false;
}

void find_anchors(std::string_view bytes, std::vector<Anchor>& anchors, AnchorKernel kernel) {
  switch (kernel == AnchorKernel::best ? best_kernel() : kernel) {
#if defined(__x86_64__)
    case AnchorKernel::avx2: anchor_detail::scan_avx2(bytes, anchors); return;
    case AnchorKernel::ssse3: anchor_detail::scan_ssse3(bytes, anchors); return;
#elif defined(__aarch64__)
    case AnchorKernel::neon: anchor_detail::scan_neon(bytes, anchors); return;
#endif
    default: anchor_detail::scan_scalar(bytes, 0, anchors); return;
  }
}

}  // namespace hfscan
