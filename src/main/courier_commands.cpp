#include "base/file.h"
#include "exchange/packet.h"
#include "main/commands.h"
#include "main/control.h"
#include "main/rooms.h"
#include "treaty/channel.h"

#include <fmt/format.h>

#include <ostream>

/// `comity courier pack|open|receipt`: packets that a courier carries (Art. 32(7)). The running
/// node does the work; files are named to it by their paths.
namespace comity::main {
namespace {

/// What the command line asks of the node.
struct CourierOrder {
    std::optional<std::string> message {};
    std::string file;
};
BOOST_DESCRIBE_STRUCT(CourierOrder, (), (message, file))

struct PackedReply {
    std::string message, to;
    std::uint64_t number;
    std::string sha256;
    std::uint64_t bytes;
};
BOOST_DESCRIBE_STRUCT(PackedReply, (), (message, to, number, sha256, bytes))

struct OpenedReply {
    std::string message, from;
    std::uint64_t number;
    std::string receipt, file;
};
BOOST_DESCRIBE_STRUCT(OpenedReply, (), (message, from, number, receipt, file))

struct ReceiptReply {
    std::string message, state;
};
BOOST_DESCRIBE_STRUCT(ReceiptReply, (), (message, state))

constexpr std::string_view prefix = "/v1/courier/";

Result<http::Response> pack(Rooms& rooms, CourierOrder const& order)
{
    auto const packed = TRY(
        exchange::pack(*rooms.store, *rooms.exchange, order.message.value_or(""), order.file));
    auto const& cover = packed.cover;
    return http::json_response(200,
        json::write(
            PackedReply { cover.packet, cover.to, cover.number, packed.sha256, packed.bytes }));
}

Result<http::Response> open(Rooms& rooms, CourierOrder const& order)
{
    auto const opened = TRY(exchange::unpack(*rooms.store, *rooms.exchange, order.file));
    auto const receipt = order.file + ".receipt.p7m";
    TRY(write_file(receipt, opened.receipt, Readable::by_owner));
    auto const& cover = opened.cover;
    return http::json_response(200,
        json::write(OpenedReply {
            cover.packet, cover.from, cover.number, json::word(opened.kind), receipt }));
}

Result<http::Response> take_receipt(Rooms& rooms, CourierOrder const& order)
{
    auto const bytes = TRY(read_file(order.file, message::receipt_bytes_max));
    auto const id = TRY(exchange::take_packet_receipt(*rooms.exchange, bytes));
    auto const stored = TRY(rooms.store->read(
        [&](store::Transaction& transaction) { return exchange::message_by_id(transaction, id); }));
    return http::json_response(200, json::write(ReceiptReply { id, stored.state }));
}

template <class Reply>
Result<Reply> ask_node(Config const& config, std::string_view command, CourierOrder order)
{
    order.file = std::filesystem::absolute(order.file).string();
    auto const reply = TRY(
        post_to_node(config.socket(), fmt::format("{}{}", prefix, command), json::to_text(order)));
    if (reply.status == 200) return json::read_text<Reply>(reply.body, json::Unknown::keep);
    auto const body = TRY(json::parse(reply.body));
    auto const& said = body.at("error").as_object();
    auto const text = [&](std::string_view name) {
        auto const* value = said.if_contains(name);
        return value && value->is_string() ? std::string { value->get_string() } : std::string {};
    };
    bool const unsound = reply.status == 401;
    return Error { unsound ? Error::Kind::not_authentic : Error::Kind::malformed, text("message"),
        text("field") };
}

} // namespace

exchange::ChannelRule channel_rule(treaty::Law const& law)
{
    return [&law](std::string_view from, std::string_view to, unsigned level,
               Instant at) -> exchange::ChannelFinding {
        if (level == 0) return exchange::only_unclassified(from, to, level, at);
        auto const sender = treaty::PartyCode::parse(from);
        auto const receiver = treaty::PartyCode::parse(to);
        if (!sender.ok() || !receiver.ok() || level > treaty::level_max)
            return { {}, "A32(7)", "One of the two is none of the Parties." };
        auto found = treaty::channel_between(
            treaty::resolve(law, sender.value(), receiver.value(), at), static_cast<int>(level));
        std::optional<message::Channel> open;
        if (found.channel == treaty::Channel::wire) open = message::Channel::wire;
        if (found.channel == treaty::Channel::courier) open = message::Channel::courier;
        return { open, std::string { found.provision }, std::move(found.reason) };
    };
}

Result<http::Response> courier_control(Rooms& rooms, http::Request const& request)
{
    auto const order
        = TRY(json::read_text<CourierOrder>(as_text(request.body), json::Unknown::refuse));
    auto const command = std::string_view { request.path }.substr(prefix.size());
    if (command == "pack") return pack(rooms, order);
    if (command == "open") return open(rooms, order);
    if (command == "receipt") return take_receipt(rooms, order);
    return Error { Error::Kind::not_found, "couriers are told to pack, open or receipt" };
}

Result<ExitCode> pack_packet(Config const& config, std::string const& message,
    std::filesystem::path const& file, std::ostream& out)
{
    auto const packed = TRY(ask_node<PackedReply>(config, "pack", { message, file.string() }));
    out << fmt::format("Packet {} of {} to {}: message {}, {} bytes\n  SHA-256 {}\n", packed.number,
        config.party, packed.to, packed.message, packed.bytes, packed.sha256);
    return 0;
}

Result<ExitCode> open_packet(
    Config const& config, std::filesystem::path const& file, std::ostream& out)
{
    auto const opened = TRY(ask_node<OpenedReply>(config, "open", { {}, file.string() }));
    out << fmt::format("Packet {} of {}: message {}, {}\nThe receipt for the courier: {}\n",
        opened.number, opened.from, opened.message, opened.receipt, opened.file);
    return opened.receipt == "durable" ? 0 : 1;
}

Result<ExitCode> take_courier_receipt(
    Config const& config, std::filesystem::path const& file, std::ostream& out)
{
    auto const taken = TRY(ask_node<ReceiptReply>(config, "receipt", { {}, file.string() }));
    out << fmt::format("Message {}: {}\n", taken.message, taken.state);
    return 0;
}

} // namespace comity::main
