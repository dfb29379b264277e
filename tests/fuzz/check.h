// What every fuzz target asks: spans lie in their text, maps lead into their parent.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "core/location.h"
#include "syntax/gave_up.h"
#include "syntax/offset_map.h"

namespace hfscan::fuzz {

// Ends the program when a promise is broken: libFuzzer then keeps the input, and a test fails.
inline void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

inline void check_span(ByteSpan span, std::size_t size) {
  require(span.begin <= span.end, "a span begins before it ends");
  require(span.end <= size, "a span lies in its text");
}

inline std::string_view slice(std::string_view text, ByteSpan span) {
  check_span(span, text.size());
  return text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
}

// Whether `piece` is a part of `text`, the same bytes at the same place in memory; an empty one may point anywhere.
inline bool is_piece_of(std::string_view piece, std::string_view text) {
  return piece.empty() || (piece.data() >= text.data() && piece.data() + piece.size() <= text.data() + text.size());
}

enum class Order {
  kept,     // later bytes of the piece never come from earlier bytes of the parent
  changed,  // parts may be taken in another order
};

// A map knows every byte of its text and leads into the parent, byte by byte and as a whole.
inline void check_map(const OffsetMap& map, std::size_t size, std::size_t parent_size, Order order = Order::kept) {
  require(map.size() == size, "a map has the size of its text");
  check_span(map.to_parent({0, size}), parent_size);
  check_span(map.to_parent({size, size}), parent_size);
  std::uint64_t last = 0;
  const std::size_t step = std::max<std::size_t>(1, size / 512);
  for (std::size_t i = 0; i < size; i += step) {
    const ByteSpan place = map.to_parent({i, i + 1});
    check_span(place, parent_size);
    if (order == Order::kept) require(place.begin >= last, "a map keeps the order of the parent");
    last = place.begin;
  }
}

inline void check_mapped(const MappedText& mapped, std::string_view parent, Order order = Order::kept) {
  check_map(mapped.map, mapped.text.size(), parent.size(), order);
}

// Of texts without escapes: each byte is the byte that the map leads to.
inline void check_copied(const MappedText& mapped, std::string_view parent) {
  check_mapped(mapped, parent);
  for (std::size_t i = 0; i < mapped.text.size(); ++i)
    require(slice(parent, mapped.map.to_parent({i, i + 1})) == mapped.text.substr(i, 1), "a copied byte is that of the parent");
}

inline void check_gave_up(const std::optional<GaveUp>& gave_up, std::size_t size) {
  if (!gave_up) return;
  require(gave_up->offset <= size, "a reader gives up inside the text");
  require(!gave_up->reason.empty() && gave_up->reason.find('\n') == std::string::npos, "a reason is one line");
}

// Takes the choice byte off the input.
struct Choice {
  std::size_t value;
  std::string_view text;
};
inline Choice take_choice(std::string_view input, std::size_t choices) {
  if (input.empty()) return {0, input};
  return {static_cast<unsigned char>(input.front()) % choices, input.substr(1)};
}

}  // namespace hfscan::fuzz
