// What a stage of one's own needs: the protocols of steps and their layers, and the program to put the stage into.
//
//     import ColophonKit
//
//     @main
//     enum MyColophon {
//         static func main() async { await Colophon.main(stages: [MyStage.self]) }
//     }

@_exported public import enum Commands.Colophon
@_exported public import StageKit
@_exported public import Text
