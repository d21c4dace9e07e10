#include "http/registers.h"

#include "rights/oversight.h"

namespace comity::http {

using access::Action;

namespace {

using access::Session;

struct Control {
    DeskRooms rooms;
    rights::Reconciliation& reconciliation;
    protection::Vault const& vault;

    Result<void> note(Session const& session, std::string_view what) const
    {
        return rooms.store.write([&](store::Transaction& t) {
            return vault.note_reading(t, { session.account.id, "" }, rights::control_purpose, what);
        });
    }
};

struct ComparisonDraft {
    std::string party;
};
BOOST_DESCRIBE_STRUCT(ComparisonDraft, (), (party))

Result<Response> read_registers(Control const& control, Request const&, Session const& session)
{
    auto const seen = TRY(control.reconciliation.look());
    TRY(control.note(session, "registers: what came of comparing them"));
    return json_response(200, json::write(seen));
}

Result<Response> compare_registers(
    Control const& control, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<ComparisonDraft>(request));
    TRY(treaty::PartyCode::parse(draft.party));
    TRY(control.note(session, "register: " + draft.party));
    TRY(control.reconciliation.begin(session.account.name, draft.party));
    return json_response(202, json::Object { { "running", draft.party } });
}

} // namespace

std::vector<Endpoint> register_endpoints(
    DeskRooms const& rooms, rights::Reconciliation& reconciliation, protection::Vault const& vault)
{
    auto const control = std::make_shared<Control const>(Control { rooms, reconciliation, vault });
    auto const by = [control](auto function) -> EndpointHandler {
        return [control, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(*control, request, *session);
        };
    };
    return {
        { "GET", "/v1/protection/registers", "read_registers", Action::supervise_cases,
            by(read_registers) },
        { "POST", "/v1/protection/registers", "compare_registers", Action::supervise_cases,
            by(compare_registers) },
    };
}

} // namespace comity::http
