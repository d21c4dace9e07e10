#pragma once

#include "exchange/exchange.h"
#include "exchange/multipart.h"

/// An envelope as it goes through a pipe: one multipart/form-data body with the parts `manifest`,
/// `signature` and `part-1`, `part-2`, ... in that order, so that `curl -F` can send one.
namespace comity::exchange {

constexpr std::string_view message_path = "/exchange/v1/messages";
constexpr std::string_view receipt_path = "/exchange/v1/receipts";
constexpr std::string_view attachment_path = "/exchange/v1/attachments";
constexpr std::string_view receipt_type = "application/pkcs7-mime";

Multipart write_envelope(Envelope const& envelope, Random const& random);
/// Error: malformed naming the part that is missing, unknown or out of its place.
Result<Envelope> read_envelope(std::string_view content_type, ByteView body);

} // namespace comity::exchange
