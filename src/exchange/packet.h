#pragma once

#include "exchange/exchange.h"

#include <filesystem>

/// A message as one file that a courier carries (Art. 32(7)): a tar archive of
///
///     packet.json         who sends it to whom, which message, which number: all that is in clear
///     receipt-form.txt    for the courier's signature
///     manifest.p7m        the manifest, sealed
///     manifest.p7s        the seal over it
///     register.p7m        the sender's register entry with its proof, sealed
///     parts/1.p7m ...
///     attachments/<n>/hashes, attachments/<n>/0001.p7m ...
///     contents            SHA-256 and name of all these, as sha256sum -c reads them
///     contents.p7s        the seal over that
///
/// The other end takes it with the checks of the wire, in the same order. Packets have numbers of
/// their own, so that one on its way holds up nothing on the wire.
namespace comity::exchange {

struct PacketCover {
    std::uint32_t v;
    std::string packet; ///< The id of its message.
    std::string from;
    std::string to;
    std::uint64_t number; ///< On the courier's way of this pair.
};
BOOST_DESCRIBE_STRUCT(PacketCover, (), (v, packet, from, to, number))

/// A packet that was written.
struct Packed {
    PacketCover cover;
    std::string sha256; ///< Of the file.
    std::uint64_t bytes;
};

/// Gives the message its number, where it has none, and writes the file. Again, it writes the same
/// message with the same number. Errors: those of Exchange::number_for_courier; conflict where the
/// file exists, or the content is destroyed; not_permitted where no channel is open.
Result<Packed> pack(store::Store& store, Exchange& exchange, std::string_view message_id,
    std::filesystem::path const& file);

/// A packet that was taken.
struct Unpacked {
    PacketCover cover;
    message::ReceiptKind kind;
    Bytes receipt; ///< Signed; the same bytes each time.
};

/// Errors: as Exchange::receive, and malformed for what is no packet or one for another State.
Result<Unpacked> unpack(store::Store& store, Exchange& exchange, std::filesystem::path const& file);

/// The receipt that a courier brought back. The message it is for.
Result<std::string> take_packet_receipt(Exchange& exchange, Bytes const& receipt);

} // namespace comity::exchange
