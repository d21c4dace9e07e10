#include "http/directory.h"

#include "casework/direct_contact.h"

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using casework::Directory;
using store::Transaction;

/// An entry of ours as an officer writes it.
struct ContactDraft {
    std::string authority;
    std::optional<std::string> name {};
    std::vector<std::string> telephones {};
    std::optional<std::vector<std::string>> e_mails {};
    std::optional<std::string> address {};
    std::optional<std::vector<std::string>> languages {};
    std::optional<std::string> hours {};
};
BOOST_DESCRIBE_STRUCT(
    ContactDraft, (), (authority, name, telephones, e_mails, address, languages, hours))

struct WhichContact {
    std::string state;
    std::string authority;
};
BOOST_DESCRIBE_STRUCT(WhichContact, (), (state, authority))

struct OwnContact {
    std::string authority;
};
BOOST_DESCRIBE_STRUCT(OwnContact, (), (authority))

Result<Response> read_directory(Directory& directory, Request const&, Session const&)
{
    return json_response(200, json::write(TRY(directory.view())));
}

Result<Response> enter_contact(Directory& directory, Request const& request, Session const& session)
{
    auto draft = TRY(body_as<ContactDraft>(request));
    message::Contact const contact { std::move(draft.authority), std::move(draft.name),
        std::move(draft.telephones), draft.e_mails.value_or(std::vector<std::string> {}),
        std::move(draft.address), draft.languages.value_or(std::vector<std::string> {}),
        std::move(draft.hours), {} };
    TRY(directory.enter(contact, officer_of(session)));
    return read_directory(directory, request, session);
}

Result<Response> verify_contact(
    Directory& directory, Request const& request, Session const& session)
{
    auto const which = TRY(body_as<WhichContact>(request));
    TRY(directory.verify(which.state, which.authority, officer_of(session)));
    return read_directory(directory, request, session);
}

Result<Response> end_contact(Directory& directory, Request const& request, Session const& session)
{
    auto const which = TRY(body_as<OwnContact>(request));
    TRY(directory.end(which.authority, officer_of(session)));
    return read_directory(directory, request, session);
}

Result<Response> publish_directory(
    Directory& directory, Request const& request, Session const& session)
{
    TRY(directory.publish(officer_of(session)));
    return read_directory(directory, request, session);
}

Result<Response> list_copies(DeskRooms const& rooms)
{
    auto const all = TRY(rooms.store.read([](Transaction& transaction) {
        return casework::copies(transaction, casework::copies_shown_max);
    }));
    return json_response(200, json::Object { { "copies", json::write(all) } });
}

} // namespace

std::vector<Endpoint> directory_endpoints(DeskRooms const& rooms, Directory& directory)
{
    auto const by_officer = [&directory](auto function) -> EndpointHandler {
        return [&directory, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(directory, request, *session);
        };
    };
    auto const copied = [rooms](Request const&, Session const*) { return list_copies(rooms); };
    return {
        { "GET", "/v1/directory", "read_directory", Action::read_law, by_officer(read_directory) },
        { "POST", "/v1/directory", "enter_contact", Action::inform_party,
            by_officer(enter_contact) },
        { "POST", "/v1/directory/verified", "verify_contact", Action::inform_party,
            by_officer(verify_contact) },
        { "POST", "/v1/directory/ended", "end_contact", Action::inform_party,
            by_officer(end_contact) },
        { "POST", "/v1/directory/editions", "publish_directory", Action::inform_party,
            by_officer(publish_directory) },
        { "GET", "/v1/direct-contacts", "list_direct_contacts", Action::read_cases, copied },
    };
}

} // namespace comity::http
