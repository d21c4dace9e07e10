#pragma once

#include "base/bytes.h"

namespace comity::exchange {

constexpr std::size_t parts_max = 66; ///< Manifest, signature and the parts of a message.
constexpr std::size_t part_header_bytes_max = 1024;

/// One part of a multipart/form-data body.
struct Part {
    std::string name; ///< 1 to 64 of a-z, A-Z, 0-9, '.', '_', '-'.
    std::string content_type; ///< Empty where the sender names none.
    Bytes content;
};

struct Multipart {
    std::string content_type; ///< For the header of the message, with the boundary.
    Bytes body;
};

/// Reads the strict subset of RFC 7578 that is written below and by `curl -F`: no preamble, no
/// epilogue but one line end, no nesting, no transfer encoding; of a part only Content-Disposition
/// (form-data, name, and a filename that is passed over) and Content-Type; each name once.
/// Errors: malformed naming what; too_large over parts_max or part_header_bytes_max.
Result<std::vector<Part>> read_multipart(std::string_view content_type, ByteView body);

/// `boundary` is 16 to 70 letters and digits that stand in no part (RFC 2046 section 5.1.1): take
/// them from randomness.
Multipart write_multipart(std::vector<Part> const& parts, std::string_view boundary);

} // namespace comity::exchange
