#include "main/commands.h"
#include "message/page.h"
#include "message/schema.h"

#include <fmt/format.h>

#include <ostream>

/// `comity message types|schema|page`: what nodes say to each other, asked from the command line.
namespace comity::main {
namespace {

Result<json::Value> schema_of(std::string const& word)
{
    if (word.empty()) return message::schemas();
    if (auto const* row = message::find_type(word)) return message::schema(row->type);
    return Error { Error::Kind::not_found,
        fmt::format("'{}' is no type of message; `comity message types` lists them", word),
        "type" };
}

} // namespace

Result<ExitCode> explain_messages(MessageOptions const& options, std::ostream& out)
{
    if (options.command == "types")
        out << message::types_table();
    else if (options.command == "page")
        out << message::messages_page();
    else
        out << json::print(TRY(schema_of(options.type))) << '\n';
    return 0;
}

} // namespace comity::main
