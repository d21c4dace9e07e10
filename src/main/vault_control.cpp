#include "http/router.h"
#include "main/rooms.h"

#include <fmt/format.h>

/// Whoever has the control socket is noted as its user, and is cleared for nothing.
namespace comity::main {
namespace {

using store::Transaction;

struct CaseAsked {
    std::string number;
};
BOOST_DESCRIBE_STRUCT(CaseAsked, (), (number))

Result<http::Response> show_case(Rooms& rooms, http::Request const& request)
{
    auto const asked = TRY(http::body_as<CaseAsked>(request));
    auto const shown = TRY(rooms.casework->open_case(asked.number, operator_name));
    return http::json_response(200, json::write(shown));
}

struct DayConfirmed {
    Date day;
};
BOOST_DESCRIBE_STRUCT(DayConfirmed, (), (day))

Result<http::Response> confirm_day(Rooms& rooms, http::Request const& request)
{
    rooms.vault->confirm_day(TRY(http::body_as<DayConfirmed>(request)).day);
    auto const destroyed = TRY(rooms.casework->destroy_due());
    return http::json_response(200, json::Object { { "destroyed", destroyed } });
}

struct Export {
    std::string message;
    std::string place; ///< Where it goes.
};
BOOST_DESCRIBE_STRUCT(Export, (), (message, place))

/// A copy outside the node, judged and noted before it is made: its destruction names it.
Result<http::Response> note_export(Rooms& rooms, http::Request const& request)
{
    auto const wanted = TRY(http::body_as<Export>(request));
    TRY(rooms.store->write([&](Transaction& t) -> Result<void> {
        auto const message = TRY(exchange::message_by_id(t, wanted.message));
        auto const manifest = TRY(
            json::read_text<message::Manifest>(as_text(message.manifest), json::Unknown::keep));
        protection::Use use;
        use.officer = operator_name;
        use.needs_to_know = true;
        use.need = message.case_number;
        use.purpose = manifest.purpose;
        use.operation = protection::Operation::disclose;
        auto const read = TRY(rooms.vault->read(t, wanted.message, use));
        if (!read.judgement.permitted()) {
            auto const& why = read.judgement.objections.front();
            return Error { Error::Kind::not_permitted,
                fmt::format("{} ({})", why.reason, why.provision), "message" };
        }
        return rooms.vault->add_copy(
            t, wanted.message, { protection::CopyKind::exported, wanted.place });
    }));
    return http::json_response(200, json::Object {});
}

} // namespace

Result<http::Response> vault_control(Rooms& rooms, http::Request const& request)
{
    if (request.path == "/v1/vault/cases") return show_case(rooms, request);
    if (request.path == "/v1/vault/confirm-day") return confirm_day(rooms, request);
    if (request.path == "/v1/vault/exports") return note_export(rooms, request);
    return Error { Error::Kind::not_found, "the vault takes cases, confirm-day and exports" };
}

} // namespace comity::main
