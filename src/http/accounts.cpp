#include "http/accounts.h"

namespace comity::http {
namespace {

using access::Access;
using access::Session;

constexpr std::uint64_t records_max = 1000, records_usual = 200;

struct AccountDraft {
    std::string name, display_name;
    std::vector<access::Role> roles;
    std::string language, password;
};
BOOST_DESCRIBE_STRUCT(AccountDraft, (), (name, display_name, roles, language, password))

struct NewPassword {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(NewPassword, (), (password))

struct OwnPassword {
    std::string old_password, new_password;
};
BOOST_DESCRIBE_STRUCT(OwnPassword, (), (old_password, new_password))

struct ShownCode {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(ShownCode, (), (code))

json::Object view(access::Account const& account)
{
    return { { "name", account.name }, { "displayName", account.display_name },
        { "roles", json::write(account.roles) }, { "party", account.party },
        { "language", account.language }, { "clearance", json::write(account.clearance) },
        { "hasCode", account.has_code }, { "certificate", account.certificate },
        { "subject", account.subject } };
}

std::string const& name_in(Request const& request)
{
    return request.path_value("name");
}

Result<Response> done(Result<void> const& result)
{
    if (!result.ok()) return result.error();
    return Response { .status = 204 };
}

Result<Response> list_accounts(Access& access, Request const&, Session const&)
{
    json::Array out;
    for (auto const& account : TRY(access.accounts())) out.push_back(view(account));
    return json_response(200,
        json::Object { { "accounts", out }, { "roles", json::write(json::words<access::Role>()) },
            { "compartments", json::write(json::words<access::Compartment>()) } });
}

/// An account made here serves the Party whose node this is.
Result<Response> add_account(Access& access, Request const& request, Session const& session)
{
    auto const given = TRY(body_as<AccountDraft>(request));
    auto const added = TRY(access.add_account({ .name = given.name,
                                                  .display_name = given.display_name,
                                                  .roles = given.roles,
                                                  .party = session.account.party,
                                                  .language = given.language,
                                                  .password = given.password,
                                                  .password_once = true },
        session.account.name));
    return json_response(201, view(added));
}

Result<Response> change_account(Access& access, Request const& request, Session const& session)
{
    auto const change = TRY(body_as<access::AccountChange>(request));
    return json_response(
        200, view(TRY(access.change_account(name_in(request), change, session.account.name))));
}

Result<Response> close_account(Access& access, Request const& request, Session const& session)
{
    return done(access.close_account(name_in(request), session.account.name));
}

Result<Response> set_password(Access& access, Request const& request, Session const& session)
{
    auto const given = TRY(body_as<NewPassword>(request));
    return done(access.set_password(name_in(request), given.password, session.account.name));
}

Result<Response> remove_code(Access& access, Request const& request, Session const& session)
{
    return done(access.remove_code(name_in(request), session.account.name));
}

Result<Response> set_clearance(Access& access, Request const& request, Session const& session)
{
    auto const wanted = TRY(body_as<access::Clearance>(request));
    return json_response(
        200, view(TRY(access.set_clearance(name_in(request), wanted, session.account.name))));
}

Result<Response> sessions_of(Access& access, std::string const& name, std::string const& own)
{
    json::Array out;
    for (auto const& line : TRY(access.sessions_of(name))) {
        auto value = json::write(line);
        value.as_object()["own"] = line.id == own;
        out.push_back(std::move(value));
    }
    return json_response(200, json::Object { { "sessions", out } });
}

Result<Response> list_sessions(Access& access, Request const& request, Session const& session)
{
    TRY(access.account(name_in(request)));
    return sessions_of(access, name_in(request), session.id);
}

Result<Response> end_session(Access& access, Request const& request, Session const&)
{
    return done(access.end_session_of(name_in(request), request.path_value("id")));
}

Result<Response> read_account(Access& access, Request const&, Session const& session)
{
    auto out = view(TRY(access.account(session.account.name)));
    out["way"] = json::word(session.way);
    return json_response(200, out);
}

Result<Response> list_own_sessions(Access& access, Request const&, Session const& session)
{
    return sessions_of(access, session.account.name, session.id);
}

Result<Response> end_own_session(Access& access, Request const& request, Session const& session)
{
    return done(access.end_session_of(session.account.name, request.path_value("id")));
}

Result<Response> change_password(Access& access, Request const& request, Session const& session)
{
    auto const given = TRY(body_as<OwnPassword>(request));
    if (given.old_password.size() > access::password_bytes_max)
        return Error { Error::Kind::malformed, "longer than any password", "oldPassword" };
    auto const changed = access.change_password(
        session, given.old_password, given.new_password, request.peer.address);
    // The session holds; what does not is a member of the body.
    if (!changed.ok() && changed.error().kind == Error::Kind::not_authentic)
        return Error { Error::Kind::malformed, changed.error().what, "oldPassword" };
    return done(changed);
}

Result<Response> take_code(Access& access, Request const& request, Session const& session)
{
    auto const given = TRY(body_as<ShownCode>(request));
    return done(access.take_code(session, given.code));
}

Result<std::size_t> records_wanted(Request const& request)
{
    return static_cast<std::size_t>(
        TRY(number_parameter(request, "limit", 1, records_max, records_usual)));
}

Result<Response> list_sign_ins(Access& access, Request const& request, Session const&)
{
    json::Array out;
    for (auto const& each : TRY(access.sign_ins(TRY(records_wanted(request)))))
        out.push_back(json::Object { { "at", to_text(each.at) }, { "account", each.account },
            { "address", each.address }, { "outcome", json::word(each.outcome) } });
    return json_response(200, json::Object { { "signIns", out } });
}

Result<Response> list_changes(Access& access, Request const& request, Session const&)
{
    auto const records = TRY(access.changes(TRY(records_wanted(request))));
    return json_response(200, json::Object { { "changes", json::write(records) } });
}

} // namespace

std::vector<Endpoint> account_endpoints(access::Access& access, std::string const& issuer)
{
    using access::Action;
    auto const with = [&access](auto function) -> EndpointHandler {
        return [&access, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(access, request, *session);
        };
    };
    auto const offer
        = [issuer](Access& room, Request const&, Session const& session) -> Result<Response> {
        return json_response(201, json::write(TRY(room.offer_code(session, issuer))));
    };
    auto const own = Action::keep_session, administer = Action::administer_accounts;
    return {
        { "GET", "/v1/account", "read_account", own, with(read_account) },
        { "PUT", "/v1/account/password", "change_own_password", own, with(change_password) },
        { "POST", "/v1/account/code", "offer_code", own, with(offer) },
        { "PUT", "/v1/account/code", "take_code", own, with(take_code) },
        { "GET", "/v1/account/sessions", "list_own_sessions", own, with(list_own_sessions) },
        { "DELETE", "/v1/account/sessions/{id}", "end_own_session", own, with(end_own_session) },
        { "GET", "/v1/accounts", "list_accounts", Action::read_accounts, with(list_accounts) },
        { "POST", "/v1/accounts", "add_account", administer, with(add_account) },
        { "PUT", "/v1/accounts/{name}", "change_account", administer, with(change_account) },
        { "DELETE", "/v1/accounts/{name}", "close_account", administer, with(close_account) },
        { "PUT", "/v1/accounts/{name}/password", "set_password", administer, with(set_password) },
        { "DELETE", "/v1/accounts/{name}/code", "remove_code", administer, with(remove_code) },
        { "PUT", "/v1/accounts/{name}/clearance", "set_clearance", Action::clear_accounts,
            with(set_clearance) },
        { "GET", "/v1/accounts/{name}/sessions", "list_sessions", administer, with(list_sessions) },
        { "DELETE", "/v1/accounts/{name}/sessions/{id}", "end_session", administer,
            with(end_session) },
        { "GET", "/v1/sign-ins", "list_sign_ins", Action::read_sign_ins, with(list_sign_ins) },
        { "GET", "/v1/account-changes", "list_account_changes", Action::read_accounts,
            with(list_changes) },
    };
}

} // namespace comity::http
